package dev.tidemark.detect;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.PatternSyntaxException;

/** Makes a test of one value and the modifiers before it. Faults go to the context, with nothing made. */
final class ValueCompiler {
    /** Stands before the text with the modifier {@code utf16}. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final RuleContext context;
    private final LongAdder gaveUp;

    ValueCompiler(RuleContext context, LongAdder gaveUp) {
        this.context = context;
        this.gaveUp = gaveUp;
    }

    Optional<ValueTest> compile(Yaml.Text value, Modifiers modifiers) {
        return modifiers.has("expand") ? expanded(value, modifiers) : one(value, modifiers);
    }

    /** One test for all values of the placeholders in the text. */
    private Optional<ValueTest> expanded(Yaml.Text value, Modifiers modifiers) {
        for (String name : context.placeholders().unset(value.text())) {
            context.obstacle(Obstacle.Kind.PLACEHOLDER, "%" + name + "% has no values; name them with --placeholders");
        }
        try {
            List<ValueTest> tests = new ArrayList<>();
            for (String text : context.placeholders().expand(value.text())) {
                one(new Yaml.Text(text, value.line()), modifiers).ifPresent(tests::add);
            }
            return Optional.of(tests.size() == 1 ? tests.get(0) : new ValueTest.AnyOf(List.copyOf(tests)));
        } catch (IllegalStateException e) {
            context.fault(value.line(), "'" + value.text() + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ValueTest> one(Yaml.Text value, Modifiers modifiers) {
        String text = value.text();
        int line = value.line();
        if (modifiers.has("re")) {
            return regex(text, modifiers, line);
        }
        if (modifiers.has("cidr")) {
            Optional<ValueTest> cidr = Cidr.parse(text).map(network -> network);
            if (cidr.isEmpty()) {
                context.fault(line, "no network in CIDR form: '" + text + "'");
            }
            return cidr;
        }
        Optional<String> comparison = modifiers.one(Modifiers.COMPARISONS);
        if (comparison.isPresent() || modifiers.one(Modifiers.TIME_PARTS).isPresent()) {
            return number(text, comparison.orElse("equal"), line);
        }
        Glob.Position position = position(modifiers);
        if (modifiers.one(Modifiers.BASE64).isPresent()) {
            return base64(text, modifiers, position, line);
        }
        if (modifiers.one(Modifiers.UTF16).isPresent()) {
            return Optional.of(Glob.of((modifiers.has("utf16") ? BYTE_ORDER_MARK : "") + text, position,
                    modifiers.has("cased"), charset(modifiers)));
        }
        return Optional.of(modifiers.has("windash") ? Glob.withAnyDash(text, position, modifiers.has("cased"))
                : Glob.of(text, position, modifiers.has("cased")));
    }

    static Glob.Position position(Modifiers modifiers) {
        return modifiers.has("contains") ? Glob.Position.CONTAINED
                : modifiers.has("startswith") ? Glob.Position.START
                : modifiers.has("endswith") ? Glob.Position.END : Glob.Position.WHOLE;
    }

    private Optional<ValueTest> regex(String text, Modifiers modifiers, int line) {
        try {
            String flags = (modifiers.has("i") ? "i" : "") + (modifiers.has("m") ? "m" : "")
                    + (modifiers.has("s") ? "s" : "");
            return Optional.of(Regex.of(text, flags, gaveUp));
        } catch (PatternSyntaxException e) {
            context.fault(line, "no regular expression: '" + text + "': " + e.getDescription() + " at character "
                    + e.getIndex());
            return Optional.empty();
        }
    }

    private Optional<ValueTest> number(String text, String comparison, int line) {
        OptionalDouble number = ValueTest.Number.parse(text);
        if (number.isEmpty()) {
            context.fault(line, "expected a number, found '" + text + "'");
            return Optional.empty();
        }
        return Optional.of(new ValueTest.Number(
                ValueTest.Comparison.valueOf(comparison.toUpperCase(Locale.ROOT)), number.getAsDouble()));
    }

    private Optional<ValueTest> base64(String text, Modifiers modifiers, Glob.Position position, int line) {
        if (Glob.hasWildcard(text)) {
            context.fault(line, "a value to be encoded cannot hold wildcards: '" + text + "'");
            return Optional.empty();
        }
        byte[] bytes = encoded(Glob.unescaped(text), modifiers);
        boolean cased = modifiers.has("cased");
        if (modifiers.has("base64")) {
            return Optional.of(Glob.literal(Base64.getEncoder().encodeToString(bytes), position, cased));
        }
        List<ValueTest> offsets = new ArrayList<>();
        for (int offset = 0; offset < 3; offset++) {
            offsets.add(Glob.literal(atOffset(bytes, offset), position, cased));
        }
        return Optional.of(new ValueTest.AnyOf(List.copyOf(offsets)));
    }

    private static byte[] encoded(String text, Modifiers modifiers) {
        return ((modifiers.has("utf16") ? BYTE_ORDER_MARK : "") + text).getBytes(charset(modifiers));
    }

    private static Charset charset(Modifiers modifiers) {
        return modifiers.has("utf16be") ? StandardCharsets.UTF_16BE
                : modifiers.one(Modifiers.UTF16).isPresent() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    /** The characters that depend on {@code bytes} alone when {@code offset} unknown bytes stand before them. */
    private static String atOffset(byte[] bytes, int offset) {
        byte[] shifted = new byte[bytes.length + offset];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int start = new int[] {0, 2, 3}[offset];
        // A last group that is not full holds bits of what follows.
        int end = shifted.length % 3 == 0 ? all.length() : all.length() - 1;
        return all.substring(Math.min(start, end), end);
    }
}
