package dev.tidemark.read.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page's code as the compiler sees it, as far as that can be told without running it: escapes resolved, strings that
 * are joined from pieces or spelled as numbers put together, comments inside words taken out, and behind it what its
 * Base64 and hexadecimal strings hold. Rules read it beside the page as it stands, so that nothing can be hidden by
 * what is undone here.
 *
 * <p>Sources: ECMA-334 (C#) "Lexical structure" and ECMA-262 (JScript) "Source text" for escapes in names and
 * strings; the VBScript reference for {@code Chr} and {@code &}.
 */
final class PlainCode {
    /** What is put behind the code may make it this much longer, in characters. */
    private static final int MOST_APPENDED = 1 << 19;
    private static final int MOST_PIECES = 20_000;

    // Possessive where a group repeats: Java's engine then loops, where it else would recurse once a repetition.
    private static final Pattern ESCAPE = Pattern.compile(
            "\\\\u([0-9a-fA-F]{4})|\\\\U0000([0-9a-fA-F]{4})|\\\\x([0-9a-fA-F]{2})|&#x([0-9a-fA-F]{2,4});|&#(\\d{2,5});");
    private static final Pattern PERCENT = Pattern.compile("(?:%u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}){3,}+");
    private static final Pattern COMMENT_IN_CODE = Pattern.compile("/\\*[^*]{0,200}\\*/");
    private static final Pattern JOINT = Pattern.compile("\"\\s{0,20}[+&]\\s{0,20}@?\"|'\\s{0,20}\\+\\s{0,20}'");
    private static final Pattern NUMBER_LIST = Pattern.compile(
            "(?:0x[0-9a-fA-F]{2}|\\d{2,3})(?:\\s{0,8},\\s{0,8}(?:0x[0-9a-fA-F]{2}|\\d{1,3})){5,}+");
    private static final Pattern CHARACTER_LIST = Pattern.compile("'[^'\\\\]'(?:\\s{0,8},\\s{0,8}'[^'\\\\]'){3,}+");
    private static final Pattern CHARACTER_CALL = Pattern.compile(
            "(?i)(?:\\bchrw?|\\(char\\)|\\btochar)\\s{0,8}\\(?\\s{0,8}(&h[0-9a-f]{1,4}|0x[0-9a-f]{1,4}|\\d{2,5})");
    private static final Pattern REVERSED = Pattern.compile("(?i)(?:strreverse|reverse)[^\"]{0,40}\"([^\"]{4,20000})\"");

    private PlainCode() {}

    /** @param text a page; what is given back holds more than it, never less of what a rule may look for */
    static String of(String text) {
        String code = escapes(withoutFormatCharacters(text));
        code = COMMENT_IN_CODE.matcher(code).replaceAll("");
        code = JOINT.matcher(code).replaceAll("");
        List<String> behind = new ArrayList<>();
        characters(code, behind);
        numbers(code, behind);
        reversed(code, behind);
        CodedStrings.decode(code, behind, MOST_PIECES);
        List<String> inner = new ArrayList<>();
        behind.forEach(piece -> CodedStrings.decode(piece, inner, MOST_PIECES));
        StringBuilder all = new StringBuilder(code);
        append(all, behind);
        append(all, inner);
        return all.toString();
    }

    private static void append(StringBuilder all, List<String> pieces) {
        int room = MOST_APPENDED;
        for (String piece : pieces) {
            String escaped = escapes(piece);
            if (escaped.length() > room) {
                return;
            }
            room -= escaped.length() + 1;
            all.append('\n').append(JOINT.matcher(escaped).replaceAll(""));
        }
    }

    /** C# ignores characters of Unicode's class Cf in names. */
    private static String withoutFormatCharacters(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0xAD || Character.getType(c) != Character.FORMAT) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String escapes(String text) {
        String plain = text;
        if (text.indexOf('\\') >= 0 || text.contains("&#")) {
            plain = replace(ESCAPE.matcher(text), m -> {
                for (int g = 1; g <= 4; g++) {
                    if (m.group(g) != null) {
                        return String.valueOf((char) Integer.parseInt(m.group(g), 16));
                    }
                }
                return String.valueOf((char) Integer.parseInt(m.group(5)));
            });
        }
        return plain.indexOf('%') < 0 ? plain : replace(PERCENT.matcher(plain), m -> percent(m.group()));
    }

    private static String percent(String run) {
        StringBuilder plain = new StringBuilder();
        int i = 0;
        while (i < run.length()) {
            int digits = run.charAt(i + 1) == 'u' ? 4 : 2;
            int from = digits == 4 ? i + 2 : i + 1;
            plain.append((char) Integer.parseInt(run.substring(from, from + digits), 16));
            i = from + digits;
        }
        return plain.toString();
    }

    private static String replace(Matcher matcher, java.util.function.Function<Matcher, String> write) {
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(write.apply(matcher)));
        }
        return matcher.appendTail(out).toString();
    }

    /** {@code Chr(101)&Chr(118)}, {@code (char)101+(char)118}: all of them in their order, as one text. */
    private static void characters(String code, List<String> behind) {
        Matcher call = CHARACTER_CALL.matcher(code);
        StringBuilder text = new StringBuilder();
        while (call.find() && text.length() < MOST_PIECES) {
            String number = call.group(1).toLowerCase(java.util.Locale.ROOT);
            boolean hex = number.startsWith("&h") || number.startsWith("0x");
            text.append((char) Integer.parseInt(hex ? number.substring(2) : number, hex ? 16 : 10));
        }
        if (text.length() >= 4) {
            behind.add(text.toString());
        }
        Matcher list = CHARACTER_LIST.matcher(code);
        while (list.find() && behind.size() < MOST_PIECES) {
            behind.add(list.group().replaceAll("'([^'])'(\\s*,\\s*)?", "$1"));
        }
    }

    /** {@code new byte[] {101, 118, 97, 108}} and {@code String.fromCharCode(101, …)}. */
    private static void numbers(String code, List<String> behind) {
        Matcher list = NUMBER_LIST.matcher(code);
        while (list.find() && behind.size() < MOST_PIECES) {
            StringBuilder text = new StringBuilder();
            for (String number : list.group().split("\\s*,\\s*")) {
                int value = number.startsWith("0x") ? Integer.parseInt(number.substring(2), 16) : Integer.parseInt(number);
                text.append((char) value);
            }
            if (CodedStrings.readable(text)) {
                behind.add(text.toString());
            }
        }
    }

    private static void reversed(String code, List<String> behind) {
        Matcher text = REVERSED.matcher(code);
        while (text.find() && behind.size() < MOST_PIECES) {
            behind.add(new StringBuilder(text.group(1)).reverse().toString());
        }
    }
}
