package dev.tidemark.read.registry;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.read.Record;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key with its values; its number is the place of its cell in the hive.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>Key</td><td>{@code HKLM\SYSTEM\CurrentControlSet\Services\W3SVC}</td></tr>
 * <tr><td>KeyName</td><td>the last name of it</td></tr>
 * <tr><td>LastWritten</td><td>UTC, when a value of it or a key below it was last changed</td></tr>
 * <tr><td>Values</td><td>all values, {@code name=data}, a line each: for keys whose values have any name</td></tr>
 * <tr><td>each value</td><td>under its own name: text as it stands, several texts with line feeds between them, numbers in
 * decimal, bytes in hexadecimal, the first 256 of them; {@code (Default)} is the one without a name</td></tr>
 * </table>
 */
final class RegistryRecord implements Record {
    static final String SOURCE = "registry";
    private static final int MOST_HEX = 256;
    private static final int TEXT = 1;
    private static final int TEXT_WITH_VARIABLES = 2;
    private static final int NUMBER = 4;
    private static final int NUMBER_BIG_ENDIAN = 5;
    private static final int TEXTS = 7;
    private static final int LONG_NUMBER = 11;

    private final String key;
    private final Hive.Key node;
    private final List<Named> values = new ArrayList<>();

    private record Named(String name, String data) {}

    RegistryRecord(String key, Hive.Key node, List<Hive.Value> values) {
        this.key = key;
        this.node = node;
        values.forEach(v -> this.values.add(new Named(v.name().isEmpty() ? "(Default)" : v.name(), data(v))));
    }

    private static String data(Hive.Value value) {
        byte[] b = value.data();
        return switch (value.type()) {
            case TEXT, TEXT_WITH_VARIABLES -> untilNul(new String(b, StandardCharsets.UTF_16LE));
            case TEXTS -> new String(b, StandardCharsets.UTF_16LE).replaceFirst("\0+$", "").replace('\0', '\n');
            case NUMBER -> b.length == 4 ? Long.toString(ByteCursor.u32(b, 0)) : hex(b);
            case NUMBER_BIG_ENDIAN -> b.length == 4 ? new BigInteger(1, b).toString() : hex(b);
            case LONG_NUMBER -> b.length == 8 ? Long.toUnsignedString(ByteCursor.u64(b, 0)) : hex(b);
            default -> hex(b);
        };
    }

    private static String untilNul(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b, 0, Math.min(b.length, MOST_HEX));
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public OptionalLong recordId() {
        return OptionalLong.of(node.offset());
    }

    @Override
    public Optional<Instant> time() {
        return WindowsTime.instant(node.written());
    }

    @Override
    public Optional<String> value(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "key" -> Optional.of(key);
            case "keyname" -> Optional.of(node.name());
            case "lastwritten" -> Optional.of(WindowsTime.text(node.written()));
            case "values" -> Optional.of(String.join("\n", values.stream().map(v -> v.name() + "=" + v.data()).toList()));
            default -> values.stream().filter(v -> v.name().equalsIgnoreCase(field)).map(Named::data).findFirst();
        };
    }

    @Override
    public List<String> fields() {
        List<String> fields = new ArrayList<>(List.of("Key", "KeyName", "LastWritten"));
        values.stream().map(Named::name).forEach(fields::add);
        return fields;
    }

    @Override
    public String text() {
        return key + " " + WindowsTime.text(node.written()) + " " + value("Values").orElse("").replace('\n', ' ');
    }
}
