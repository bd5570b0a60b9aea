package dev.tidemark.detect.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The strings of all rules, made ready to be searched for. */
final class Strings {
    /** @param regex searched near its literals; empty for a string that its literals are */
    record Plan(Optional<YaraRegex> regex, boolean ascii, boolean wide, boolean fullword) {}

    private final List<Literal> literals = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();

    List<Literal> literals() {
        return literals;
    }

    Plan plan(int string) {
        return plans.get(string);
    }

    int count() {
        return plans.size();
    }

    /** True if nothing tells where the string may stand, so that the whole file is searched. */
    boolean slow(int string) {
        return plans.get(string).regex().filter(r -> r.atoms().isEmpty()).isPresent();
    }

    /** @return the string's index */
    int add(YaraString string) throws YaraException {
        int index = plans.size();
        boolean wide = string.has("wide");
        boolean ascii = !wide || string.has("ascii");
        switch (string.kind()) {
            case TEXT -> {
                plans.add(new Plan(Optional.empty(), ascii, wide, string.has("fullword")));
                text(string, index, ascii, wide);
            }
            case HEX -> {
                HexPattern.Read read = HexPattern.read(string.text(), string.line());
                if (read.bytes().isPresent()) {
                    plans.add(new Plan(Optional.empty(), true, false, false));
                    literals.add(new Literal(read.bytes().get(), false, false, false, index, false));
                } else {
                    regex(YaraRegex.of(read.regex(), false, true, string.line()), index, false, true, false, false);
                }
            }
            case REGEX -> regex(YaraRegex.of(string.text(), string.has("nocase"), string.has("dotall"), string.line()),
                    index, string.has("nocase"), ascii, wide, string.has("fullword"));
        }
        return index;
    }

    private void regex(YaraRegex regex, int index, boolean nocase, boolean ascii, boolean wide, boolean fullword) {
        plans.add(new Plan(Optional.of(regex), ascii, wide, fullword));
        for (String atom : regex.atoms().orElse(List.of())) {
            byte[] bytes = fold(atom.getBytes(StandardCharsets.ISO_8859_1), nocase);
            if (ascii) {
                literals.add(new Literal(bytes, nocase, false, false, index, true));
            }
            if (wide) {
                literals.add(new Literal(widened(bytes), nocase, false, true, index, true));
            }
        }
    }

    private void text(YaraString string, int index, boolean ascii, boolean wide) {
        byte[] bytes = string.text().getBytes(StandardCharsets.ISO_8859_1);
        if (string.has("base64") || string.has("base64wide")) {
            base64(string, bytes, index);
            return;
        }
        if (string.xor().isPresent()) {
            for (int key = string.xor().get().from(); key <= string.xor().get().to(); key++) {
                add(xored(bytes, key), false, string, index, ascii, wide, key);
            }
            return;
        }
        add(fold(bytes, string.has("nocase")), string.has("nocase"), string, index, ascii, wide, 0);
    }

    private void add(byte[] bytes, boolean nocase, YaraString string, int index, boolean ascii, boolean wide, int key) {
        boolean fullword = string.has("fullword");
        if (ascii) {
            literals.add(new Literal(bytes, nocase, fullword, false, index, false));
        }
        if (wide) {
            byte[] zeros = widened(bytes);
            for (int i = 1; i < zeros.length; i += 2) {
                zeros[i] ^= (byte) key;
            }
            literals.add(new Literal(zeros, nocase, fullword, true, index, false));
        }
    }

    /** A text in Base64 looks three ways, by what stands before it; characters that neighbours change are left out. */
    private void base64(YaraString string, byte[] bytes, int index) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[bytes.length + before];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            byte[] coded = Base64.getEncoder().withoutPadding().encode(shifted);
            int from = new int[] {0, 2, 3}[before];
            int to = shifted.length % 3 == 0 ? coded.length : coded.length - 1;
            byte[] part = java.util.Arrays.copyOfRange(coded, Math.min(from, to), to);
            if (part.length > 0 && string.has("base64")) {
                literals.add(new Literal(part, false, false, false, index, false));
            }
            if (part.length > 0 && string.has("base64wide")) {
                literals.add(new Literal(widened(part), false, false, true, index, false));
            }
        }
    }

    private static byte[] fold(byte[] bytes, boolean nocase) {
        byte[] folded = bytes.clone();
        for (int i = 0; nocase && i < folded.length; i++) {
            folded[i] = Literal.fold(folded[i]);
        }
        return folded;
    }

    private static byte[] xored(byte[] bytes, int key) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= (byte) key;
        }
        return out;
    }

    private static byte[] widened(byte[] bytes) {
        byte[] wide = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            wide[2 * i] = bytes[i];
        }
        return wide;
    }
}
