package dev.tidemark.testkit;

import java.time.Duration;
import java.time.Instant;

/** A made-up server and what has to be said of it. Each is made anew and always the same. */
public enum Scenario {
    /** Two quiet days, with everything that only looks like an attack. */
    CLEAN("MX-ALDER", "alder.example", "15.1.2176.2", "2021-03-01T00:00:00Z", 48, "no-evidence") {
        @Override
        void act(MadeServer server, Instant start) {}
    },
    /** Tried by two scanners, refused each time. */
    PROBED("MX-BIRCH", "birch.example", "15.1.2176.2", "2021-03-03T00:00:00Z", 48, "attempted") {
        @Override
        void act(MadeServer server, Instant start) {
            for (int i = 0; i < 6; i++) {
                server.request(Request.of(start.plusSeconds(50_000 + i * 3L), "Ecp", "POST", "/ecp/y.js", 503, "203.0.113.66")
                        .anchor("ServerInfo~collab.example.net/ecp/default.flt?", "X-BEResource-Cookie").agent("python-requests/2.25.1")
                        .plants("request forgery, refused"));
            }
        }
    },
    /** ProxyLogon from the first request to the use of the web shell. */
    PROXYLOGON("MX-CEDAR", "cedar.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 48, "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            Intrusions.proxyLogon(server, start.plus(Duration.ofHours(26)), "owa/auth/harbour.aspx");
        }
    },
    /** The same, and the update installed the evening after: it closes the door and throws nobody out. */
    PATCHED_TOO_LATE("MX-DOGWOOD", "dogwood.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 72, "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            Intrusions.proxyLogon(server, start.plus(Duration.ofHours(26)), "owa/auth/quay.aspx");
        }

        @Override
        Instant updated(Instant start) {
            return start.plus(Duration.ofHours(44));
        }
    },
    /** Two signs of an attack in a log of the front end alone, without an answer of a back end. */
    SUSPECTED("MX-ELM", "elm.example", "15.1.2176.2", "2021-03-03T00:00:00Z", 48, "compromised-suspected") {
        @Override
        void act(MadeServer server, Instant start) {
            server.request(Request.of(start.plusSeconds(60_000), "", "POST", "/ecp/main.css", 200, "203.0.113.80")
                    .agent("python-requests/2.25.1").plants("a POST to a static file, answered"));
        }
    },
    /** ProxyShell: mailbox export to a page, and its use. */
    PROXYSHELL("MX-FIR", "fir.example", "15.1.2176.9", "2021-08-20T00:00:00Z", 48, "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            Intrusions.proxyShell(server, start.plus(Duration.ofHours(20)));
        }
    },
    /** OWASSRF: remote PowerShell through OWA by an account whose password somebody knew. */
    OWASSRF("MX-GORSE", "gorse.example", "15.1.2507.13", "2022-12-05T00:00:00Z", 48, "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            server.request(Request.of(start.plusSeconds(70_000), "Owa", "POST", "/owa/anna.berg@gorse.example/powershell", 200,
                    "203.0.113.91").user(server.netbios() + "\\anna.berg").anchor("Smtp~anna.berg@gorse.example", "")
                    .backEnd("200", "/powershell", "", server.netbios() + "\\anna.berg").agent("python-requests/2.28.1")
                    .plants("remote PowerShell through OWA"));
        }
    },
    /** Nothing seen, but the records of one night are missing. */
    GAP("MX-HOLLY", "holly.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 60, "insufficient-evidence") {
        @Override
        void act(MadeServer server, Instant start) {}

        @Override
        boolean lost(Instant start, Instant hour) {
            long hours = Duration.between(start, hour).toHours();
            return hours >= 26 && hours < 36;
        }
    };

    private final String server;
    private final String domain;
    private final String build;
    private final Instant start;
    private final int hours;
    private final String verdict;

    Scenario(String server, String domain, String build, String start, int hours, String verdict) {
        this.server = server;
        this.domain = domain;
        this.build = build;
        this.start = Instant.parse(start);
        this.hours = hours;
        this.verdict = verdict;
    }

    /** The word of the contract. */
    public String verdict() {
        return verdict;
    }

    /** The server's own name. */
    public String server() {
        return server;
    }

    abstract void act(MadeServer made, Instant from);

    Instant updated(Instant from) {
        return Instant.MAX;
    }

    boolean lost(Instant from, Instant hour) {
        return false;
    }

    public MadeEvidence make() {
        MadeServer made = new MadeServer(server, domain, build, ordinal() + 7L);
        Everyday everyday = new Everyday(made);
        boolean acted = false;
        for (int hour = 0; hour < hours; hour++) {
            Instant now = start.plus(Duration.ofHours(hour));
            if (!now.isBefore(updated(start))) {
                if (!acted) {
                    act(made, start);
                    acted = true;
                }
                made.update("15.1.2176.9");
            }
            if (!lost(start, now)) {
                everyday.traffic(now, 1);
            }
        }
        everyday.lookAlikes(start);
        if (!acted) {
            act(made, start);
        }
        made.file("inetpub/wwwroot/iisstart.htm", "<html><body>Welcome</body></html>\n", start.minus(Duration.ofDays(200)));
        return made.evidence();
    }
}
