package dev.tidemark.report.exchange;

import java.util.regex.Pattern;

/** Tells written addresses from other text; nothing is looked up. */
final class IpText {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}");

    private IpText() {}

    static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    static boolean isV6(String text) {
        return V6.matcher(text).matches() && text.indexOf(":::") < 0
                && (text.indexOf("::") >= 0 ? text.indexOf("::") == text.lastIndexOf("::")
                        : text.chars().filter(c -> c == ':').count() == 7);
    }

    static boolean isAddress(String text) {
        return isV4(text) || isV6(text);
    }
}
