package dev.tidemark.testkit;

import java.time.Duration;
import java.time.Instant;

/** Made-up servers, one for each thing that can be true of a server. Each is made anew and always the same. */
public enum Scenario {
    /** Two quiet days, with everything that only looks like an attack. */
    CLEAN(Setting.of("MX-ALDER", "alder.example", "15.1.2176.2", "2021-03-01T00:00:00Z", 48), "no-evidence") {
        @Override
        void act(MadeServer server, Instant start) {
            ProductFiles.configuration(server.disk(), start, "");
        }
    },
    /** Attacked by two strangers, refused each time. */
    PROBED(Setting.of("MX-BIRCH", "birch.example", "15.1.2176.2", "2021-03-03T00:00:00Z", 36), "attempted") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyLogon(server).refused(start.plusSeconds(50_020), "203.0.113.66", 6);
            new ProxyLogon(server).refused(start.plusSeconds(91_310), "203.0.113.67", 1);
        }
    },
    /** ProxyLogon from the first request to the theft. */
    PROXYLOGON(Setting.of("MX-CEDAR", "cedar.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 48), "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyLogon(server).chain(start.plusMillis(94_643_210), "owa/auth", "harbour");
        }
    },
    /** The same, and the update installed the evening after: it closes the door and throws nobody out. */
    PATCHED_TOO_LATE(Setting.of("MX-DOGWOOD", "dogwood.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 72)
            .updated(44, "15.1.2176.9"), "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyLogon(server).chain(start.plusMillis(94_100_870), "ecp/auth", "quay");
        }
    },
    /** A sign of an attack in the log of IIS alone, which does not tell whether it took effect. */
    SUSPECTED(Setting.of("MX-ELM", "elm.example", "15.1.2176.2", "2021-03-03T00:00:00Z", 36), "compromised-suspected") {
        @Override
        void act(MadeServer server, Instant start) {
            server.request(Request.served(start.plusMillis(60_000_450), "POST", "/ecp/main.css", 200, "203.0.113.80")
                    .agent("python-requests/2.25.1").mark(Mark.planted("a POST to a static file, answered")));
        }
    },
    /** ProxyShell: a mailbox exported to a page, and its use. */
    PROXYSHELL(Setting.of("MX-FIR", "fir.example", "15.1.2176.9", "2021-08-20T00:00:00Z", 36), "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyShell(server).chain(start.plusMillis(72_011_730), "jetty.aspx");
        }
    },
    /** ProxyNotShell: the same way in, with the password of an ordinary user. */
    PROXYNOTSHELL(Setting.of("MX-HAZEL", "hazel.example", "15.1.2507.12", "2022-10-03T00:00:00Z", 36), "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyShell(server).signedIn(start.plusMillis(70_000_940));
        }
    },
    /** OWASSRF: remote PowerShell through OWA, with the password of an ordinary user. */
    OWASSRF(Setting.of("MX-GORSE", "gorse.example", "15.1.2507.12", "2022-12-05T00:00:00Z", 36), "compromised") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyShell(server).throughOwa(start.plusMillis(70_000_300));
        }
    },
    /** Attacked, then mitigated by rewrite rules: IIS breaks off what comes after, and HttpProxy never sees it. */
    MITIGATED(Setting.of("MX-IVY", "ivy.example", "15.1.2176.2", "2021-03-16T00:00:00Z", 36), "attempted") {
        @Override
        void act(MadeServer server, Instant start) {
            new ProxyLogon(server).refused(start.plusSeconds(20_040), "203.0.113.70", 2);
            ProductFiles.configuration(server.disk(), start.plusSeconds(40_000), ProductFiles.rewriteRules());
            for (int i = 0; i < 4; i++) {
                server.request(Request.served(start.plusSeconds(60_000 + i * 7L), "POST", "/ecp/y.js", 0, "203.0.113.70")
                        .agent("python-requests/2.25.1").mark(Mark.planted("a request that a rewrite rule breaks off")));
            }
        }
    },
    /** Nothing seen, but the logs of one night are gone. */
    GAP(Setting.of("MX-HOLLY", "holly.example", "15.1.2176.2", "2021-03-02T00:00:00Z", 60).losing(26, 10),
            "insufficient-evidence") {
        @Override
        void act(MadeServer server, Instant start) {}
    };

    private final Setting setting;
    private final String verdict;

    Scenario(Setting setting, String verdict) {
        this.setting = setting;
        this.verdict = verdict;
    }

    /** The word of the contract that has to be said of the server. */
    public String verdict() {
        return verdict;
    }

    /** The server's own name. */
    public String server() {
        return setting.machine().name();
    }

    abstract void act(MadeServer server, Instant start);

    public MadeEvidence make() {
        MadeServer server = new MadeServer(setting);
        new Everyday(server).traffic(setting.start(), setting.hours());
        new LookAlikes(server).all(setting.start());
        ProductFiles.put(server.disk(), setting.start().minus(Duration.ofDays(200)));
        act(server, setting.start());
        return server.evidence(verdict);
    }
}
