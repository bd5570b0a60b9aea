package dev.tidemark.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.bytes.IsoTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** One JSON object under construction; keys keep the order in which they are put. */
final class Json {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final char REPLACEMENT = '\uFFFD';

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    ObjectNode node() {
        return node;
    }

    Json text(String key, String value) {
        node.put(key, encodable(value));
        return this;
    }

    /** An empty text means that nobody knows: JSON null. */
    Json textOrNull(String key, String value) {
        return value.isEmpty() ? nothing(key) : text(key, value);
    }

    Json time(String key, Instant value) {
        node.put(key, milliseconds(value));
        return this;
    }

    static String milliseconds(Instant value) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), 0, ZoneOffset.UTC);
        return IsoTime.fits(time) ? IsoTime.text(time, value.getNano() / 1_000_000, 3) : MILLISECONDS.format(value);
    }

    Json time(String key, Optional<Instant> value) {
        return value.isPresent() ? time(key, value.get()) : nothing(key);
    }

    Json number(String key, long value) {
        node.put(key, value);
        return this;
    }

    Json number(String key, OptionalLong value) {
        return value.isPresent() ? number(key, value.getAsLong()) : nothing(key);
    }

    Json flag(String key, Optional<Boolean> value) {
        node.put(key, value.orElse(null));
        return this;
    }

    Json texts(String key, List<String> values) {
        ArrayNode array = node.putArray(key);
        values.forEach(value -> array.add(encodable(value)));
        return this;
    }

    <T> Json objects(String key, List<T> values, Function<T, Json> each) {
        ArrayNode array = node.putArray(key);
        values.forEach(value -> array.add(each.apply(value).node));
        return this;
    }

    Json object(String key, Json value) {
        node.set(key, value.node);
        return this;
    }

    Json nothing(String key) {
        node.putNull(key);
        return this;
    }

    /** Half of a surrogate pair, which a cut or crafted record may hold, has no UTF-8 form: it becomes U+FFFD. */
    static String encodable(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (clean == null) {
                clean = new StringBuilder(text);
            }
            clean.setCharAt(i, REPLACEMENT);
        }
        return clean == null ? text : clean.toString();
    }
}
