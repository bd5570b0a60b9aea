package dev.tidemark.mitigate;

import dev.tidemark.read.iisconfig.ConfigXml;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a file as a unified diff, three lines of context. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final long MOST_COMPARED = 4_000_000;

    /** A line and what became of it: {@code ' '}, {@code '-'} or {@code '+'}. */
    private record Line(char sign, String text) {}

    private UnifiedDiff() {}

    static String of(Change change) {
        List<String> before = change.before().map(b -> lines(ConfigXml.text(b))).orElse(List.of());
        List<String> after = lines(ConfigXml.text(change.after()));
        List<Line> all = compare(before, after);
        StringBuilder out = new StringBuilder();
        out.append("--- ").append(change.before().isPresent() ? change.file() : "(no file)").append('\n');
        out.append("+++ ").append(change.file()).append('\n');
        int at = 0;
        while (at < all.size()) {
            if (all.get(at).sign() == ' ') {
                at++;
                continue;
            }
            int from = Math.max(0, at - CONTEXT);
            int to = hunkEnd(all, at);
            hunk(all, from, to, out);
            at = to;
        }
        return out.toString();
    }

    private static int hunkEnd(List<Line> all, int at) {
        int quiet = 0;
        int to = at;
        for (int i = at; i < all.size() && quiet <= 2 * CONTEXT; i++) {
            quiet = all.get(i).sign() == ' ' ? quiet + 1 : 0;
            to = quiet == 0 ? i + 1 : to;
        }
        return Math.min(all.size(), to + CONTEXT);
    }

    private static void hunk(List<Line> all, int from, int to, StringBuilder out) {
        long oldFrom = all.subList(0, from).stream().filter(l -> l.sign() != '+').count();
        long newFrom = all.subList(0, from).stream().filter(l -> l.sign() != '-').count();
        List<Line> shown = all.subList(from, to);
        long oldLines = shown.stream().filter(l -> l.sign() != '+').count();
        long newLines = shown.stream().filter(l -> l.sign() != '-').count();
        out.append("@@ -").append(oldLines == 0 ? oldFrom : oldFrom + 1).append(',').append(oldLines).append(" +")
                .append(newLines == 0 ? newFrom : newFrom + 1).append(',').append(newLines).append(" @@\n");
        shown.forEach(l -> out.append(l.sign()).append(l.text()).append('\n'));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** What both begin and end with is the same; of the rest, the longest common lines are. */
    private static List<Line> compare(List<String> before, List<String> after) {
        int head = 0;
        while (head < Math.min(before.size(), after.size()) && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<Line> all = new ArrayList<>();
        before.subList(0, head).forEach(l -> all.add(new Line(' ', l)));
        middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail), all);
        before.subList(before.size() - tail, before.size()).forEach(l -> all.add(new Line(' ', l)));
        return all;
    }

    private static void middle(List<String> before, List<String> after, List<Line> all) {
        if ((long) before.size() * after.size() > MOST_COMPARED) {
            before.forEach(l -> all.add(new Line('-', l)));
            after.forEach(l -> all.add(new Line('+', l)));
            return;
        }
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                all.add(new Line(' ', before.get(i++)));
                j++;
            } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                all.add(new Line('-', before.get(i++)));
            } else {
                all.add(new Line('+', after.get(j++)));
            }
        }
    }
}
