package dev.tidemark.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The keys of one JSON object, taken by type; a key that is missing or of another type is refused by its name. */
record Fields(JsonNode node) {

    JsonNode required(String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return value;
    }

    /** The text, or an empty one for JSON null. */
    String text(String key) {
        JsonNode value = required(key);
        if (value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw wrongType(key, "a text", value);
        }
        return value.textValue();
    }

    <T> T word(String key, Function<String, Optional<T>> meaning) {
        String word = text(key);
        return meaning.apply(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + key + "': unknown word '" + word + "'"));
    }

    Instant time(String key) {
        return Instant.parse(text(key));
    }

    Optional<Instant> optionalTime(String key) {
        return required(key).isNull() ? Optional.empty() : Optional.of(time(key));
    }

    long number(String key) {
        JsonNode value = required(key);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw wrongType(key, "a whole number", value);
        }
        return value.longValue();
    }

    OptionalLong optionalNumber(String key) {
        return required(key).isNull() ? OptionalLong.empty() : OptionalLong.of(number(key));
    }

    Optional<Boolean> optionalFlag(String key) {
        JsonNode value = required(key);
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrongType(key, "true or false", value);
        }
        return Optional.of(value.booleanValue());
    }

    List<String> texts(String key) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : array(key)) {
            if (!each.isTextual()) {
                throw wrongType(key, "texts", each);
            }
            values.add(each.textValue());
        }
        return values;
    }

    <T> List<T> objects(String key, Function<Fields, T> each) {
        List<T> values = new ArrayList<>();
        for (JsonNode element : array(key)) {
            values.add(each.apply(new Fields(element)));
        }
        return values;
    }

    <T> Optional<T> optionalObject(String key, Function<Fields, T> each) {
        JsonNode value = required(key);
        return value.isNull() ? Optional.empty() : Optional.of(each.apply(new Fields(value)));
    }

    Place place() {
        return new Place(text("path"), optionalNumber("line"), optionalNumber("recordId"));
    }

    private JsonNode array(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw wrongType(key, "a list", value);
        }
        return value;
    }

    private static IllegalArgumentException wrongType(String key, String expected, JsonNode found) {
        return new IllegalArgumentException("'" + key + "': expected " + expected + ", found " + found.getNodeType());
    }
}
