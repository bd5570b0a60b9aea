package dev.tidemark.testkit;

import java.time.Instant;
import java.util.Optional;

/**
 * One request as the front end and the back end write it down. Made with one of the factories and changed with the other
 * methods.
 *
 * @param protocol folder of the HttpProxy log, {@code Owa} …; empty for what IIS serves by itself
 * @param backEnd  empty if no back end answered
 */
record Request(Instant time, String protocol, Ask ask, Client client, Routing routing, Optional<BackEnd> backEnd,
        Mark mark) {
    private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/86.0";

    /** @param status what the front end answered */
    record Ask(String method, String stem, String query, int status) {}

    /** @param user empty if nobody signed in */
    record Client(String address, String agent, String user) {}

    /** @param hint by what the front end chose a back end, {@code X-BEResource-Cookie} … */
    record Routing(String anchor, String hint) {}

    /** @param user as whom the back end did it */
    record BackEnd(int status, String stem, String query, String user, Mark mark) {}

    /** A request that HttpProxy takes, by a browser that has not signed in. */
    static Request proxied(Instant time, String protocol, String method, String stem, int status, String address) {
        return new Request(time, protocol, new Ask(method, stem, "", status), new Client(address, BROWSER, ""),
                new Routing("", ""), Optional.empty(), Mark.NONE);
    }

    /** A request that IIS answers without HttpProxy: a file, or nothing that is there. */
    static Request served(Instant time, String method, String stem, int status, String address) {
        return proxied(time, "", method, stem, status, address);
    }

    Request query(String query) {
        return new Request(time, protocol, new Ask(ask.method(), ask.stem(), query, ask.status()), client, routing, backEnd,
                mark);
    }

    Request user(String user) {
        return with(new Client(client.address(), client.agent(), user));
    }

    Request agent(String agent) {
        return with(new Client(client.address(), agent, client.user()));
    }

    private Request with(Client newClient) {
        return new Request(time, protocol, ask, newClient, routing, backEnd, mark);
    }

    Request routed(String anchor, String hint) {
        return new Request(time, protocol, ask, client, new Routing(anchor, hint), backEnd, mark);
    }

    /** The back end answered as the front end did. */
    Request backEnd(String stem, String query, String as) {
        return new Request(time, protocol, ask, client, routing,
                Optional.of(new BackEnd(ask.status(), stem, query, as, Mark.NONE)), mark);
    }

    /** All of its records show the same. */
    Request mark(Mark newMark) {
        return new Request(time, protocol, ask, client, routing,
                backEnd.map(b -> new BackEnd(b.status(), b.stem(), b.query(), b.user(), newMark)), newMark);
    }

    /** Only the front end's records show it; the back end's looks like any other. */
    Request markFrontEnd(Mark newMark) {
        return new Request(time, protocol, ask, client, routing, backEnd, newMark);
    }
}
