package dev.tidemark.correlate;

import java.util.Locale;

/** What a client address says about where a request came from. Text only: nothing is looked up. */
public final class Addresses {
    private Addresses() {}

    /** True if the address can be an actor's: not empty, not the server itself, not link-local. */
    public static boolean names(String address) {
        String a = address.strip().toLowerCase(Locale.ROOT);
        return !a.isEmpty() && !a.equals("-") && !a.startsWith("127.") && !a.equals("::1") && !a.startsWith("fe80:")
                && !a.equals("0.0.0.0") && !a.equals("::") && (a.indexOf('.') > 0 || a.indexOf(':') >= 0);
    }
}
