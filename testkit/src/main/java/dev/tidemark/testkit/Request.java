package dev.tidemark.testkit;

import java.time.Instant;

/**
 * One request as the front end and the back end write it down. Made with {@link #of} and changed with the {@code with}
 * methods; what is not said is as it is for a signed-in client.
 *
 * @param protocol      folder of the HttpProxy log, {@code Owa} …; empty for what IIS serves by itself
 * @param backEndStatus empty if no back end answered
 * @param backEndUser   as whom the back end did it; empty if it was not asked
 * @param plants        what it shows, if it belongs to an intrusion; else empty
 */
public record Request(Instant time, String protocol, String method, String stem, String query, int status,
        String backEndStatus, String user, String anchor, String routingHint, String agent, String client,
        String backEndStem, String backEndQuery, String backEndUser, String plants) {

    public static Request of(Instant time, String protocol, String method, String stem, int status, String client) {
        return new Request(time, protocol, method, stem, "", status, "", "", "", "", "Mozilla/5.0 (Windows NT 10.0)", client,
                "", "", "", "");
    }

    public Request query(String value) {
        return new Request(time, protocol, method, stem, value, status, backEndStatus, user, anchor, routingHint, agent,
                client, backEndStem, backEndQuery, backEndUser, plants);
    }

    public Request user(String value) {
        return new Request(time, protocol, method, stem, query, status, backEndStatus, value, anchor, routingHint, agent,
                client, backEndStem, backEndQuery, backEndUser, plants);
    }

    public Request anchor(String value, String hint) {
        return new Request(time, protocol, method, stem, query, status, backEndStatus, user, value, hint, agent, client,
                backEndStem, backEndQuery, backEndUser, plants);
    }

    public Request agent(String value) {
        return new Request(time, protocol, method, stem, query, status, backEndStatus, user, anchor, routingHint, value,
                client, backEndStem, backEndQuery, backEndUser, plants);
    }

    /** A back end answered: with which status, for which path and query there, and as whom. */
    public Request backEnd(String answered, String path, String there, String as) {
        return new Request(time, protocol, method, stem, query, status, answered, user, anchor, routingHint, agent, client,
                path, there, as, plants);
    }

    public Request plants(String shows) {
        return new Request(time, protocol, method, stem, query, status, backEndStatus, user, anchor, routingHint, agent,
                client, backEndStem, backEndQuery, backEndUser, shows);
    }
}
