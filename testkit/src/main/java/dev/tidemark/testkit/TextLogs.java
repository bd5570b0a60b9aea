package dev.tidemark.testkit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Logs of lines under construction: each line with its time and mark, in whatever order they come. */
final class TextLogs implements RecordWriter {
    /** Windows ends its lines so. */
    private static final String END = "\r\n";

    private record Line(Instant time, String text, Mark mark) {}

    private record Log(List<String> head, List<Line> lines) {}

    private final TreeMap<String, Log> logs = new TreeMap<>();
    private final List<Truth.Span> lost;

    /** @param lost what was written in these spans is no longer there */
    TextLogs(List<Truth.Span> lost) {
        this.lost = List.copyOf(lost);
    }

    static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** @param head lines that stand before the first record of a new file */
    void add(String path, List<String> head, Instant time, String text, Mark mark) {
        if (lost.stream().noneMatch(span -> span.holds(time))) {
            logs.computeIfAbsent(path, p -> new Log(head, new ArrayList<>())).lines().add(new Line(time, text, mark));
        }
    }

    @Override
    public List<Written> files() {
        List<Written> files = new ArrayList<>();
        logs.forEach((path, log) -> files.add(written(path, log)));
        return files;
    }

    private static Written written(String path, Log log) {
        StringBuilder text = new StringBuilder();
        log.head().forEach(line -> text.append(line).append(END));
        List<MarkedPlace> marks = new ArrayList<>();
        List<Line> sorted = log.lines().stream().sorted(Comparator.comparing(Line::time)).toList();
        long number = log.head().size();
        for (Line line : sorted) {
            number++;
            text.append(line.text()).append(END);
            if (line.mark() != Mark.NONE) {
                marks.add(MarkedPlace.ofLine(line.mark(), path, number, line.time()));
            }
        }
        return new Written(MadeFile.text(path, text.toString(), sorted.get(sorted.size() - 1).time()), marks);
    }
}
