package dev.tidemark.testkit;

import java.util.Locale;

/**
 * What a made-up server is called.
 *
 * @param name   as the server writes it, {@code MX-CEDAR}
 * @param domain below {@code .example}: reserved for documentation by RFC 2606
 */
record Machine(String name, String domain) {
    Machine {
        if (!domain.endsWith(".example")) {
            throw new IllegalArgumentException("not a domain that is reserved for examples: " + domain);
        }
    }

    String fqdn() {
        return name.toLowerCase(Locale.ROOT) + "." + domain;
    }

    /** The name that clients call. */
    String mailHost() {
        return "mail." + domain;
    }

    String netbios() {
        return domain.substring(0, domain.indexOf('.')).toUpperCase(Locale.ROOT);
    }

    String account(String person) {
        return netbios() + "\\" + person;
    }

    String computerAccount() {
        return account(name + "$");
    }
}
