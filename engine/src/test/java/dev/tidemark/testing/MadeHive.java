package dev.tidemark.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes hives for tests, with one bin and lists of the kind that is asked for. */
public final class MadeHive {
    private static final int BASE = 4096;
    private static final int SEGMENT = 16_344;

    private final Node root = new Node("ROOT");
    private final ByteArrayOutputStream cells = new ByteArrayOutputStream();
    private String list = "lh";
    private Node at = root;

    private static final class Node {
        private final String name;
        private final Map<String, Node> keys = new LinkedHashMap<>();
        private final Map<String, Object[]> values = new LinkedHashMap<>();
        private Instant written = Instant.parse("2021-03-01T00:00:00Z");

        Node(String name) {
            this.name = name;
        }
    }

    /** The key that the next values are of. */
    public MadeHive key(String path, String written) {
        at = root;
        for (String name : path.split("\\\\")) {
            at = at.keys.computeIfAbsent(name, Node::new);
        }
        at.written = Instant.parse(written);
        return this;
    }

    public MadeHive text(String name, String value) {
        return value(name, 1, (value + "\0").getBytes(StandardCharsets.UTF_16LE));
    }

    public MadeHive number(String name, int value) {
        return value(name, 4, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    public MadeHive value(String name, int type, byte[] data) {
        at.values.put(name, new Object[] {type, data});
        return this;
    }

    /** {@code lf}, {@code lh}, {@code li} or {@code ri}. */
    public MadeHive lists(String kind) {
        list = kind;
        return this;
    }

    public byte[] bytes() {
        cells.reset();
        cells.writeBytes(new byte[32]);
        int rootAt = key(root, 0xFFFFFFFF);
        byte[] bins = Arrays.copyOf(cells.toByteArray(), (cells.size() + 4095) / 4096 * 4096);
        ByteBuffer.wrap(bins).order(ByteOrder.LITTLE_ENDIAN).put("hbin".getBytes(StandardCharsets.US_ASCII)).putInt(0)
                .putInt(bins.length);
        ByteBuffer hive = ByteBuffer.allocate(BASE + bins.length).order(ByteOrder.LITTLE_ENDIAN);
        hive.put("regf".getBytes(StandardCharsets.US_ASCII)).putInt(7).putInt(7).putLong(0).putInt(1).putInt(5).putInt(0).putInt(1)
                .putInt(rootAt).putInt(bins.length);
        hive.position(BASE);
        return hive.put(bins).array();
    }

    private int cell(byte[] data) {
        int place = cells.size();
        int size = (data.length + 4 + 7) / 8 * 8;
        ByteBuffer cell = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(-size).put(data);
        cells.writeBytes(cell.array());
        return place;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int key(Node node, int parent) {
        int[] below = node.keys.values().stream().mapToInt(k -> key(k, 0)).toArray();
        int[] values = node.values.entrySet().stream().mapToInt(v -> value(v.getKey(), v.getValue())).toArray();
        int keyList = below.length == 0 ? -1 : keyList(below, list);
        int valueList = values.length == 0 ? -1 : cell(numbers(values));
        byte[] name = node.name.getBytes(StandardCharsets.ISO_8859_1);
        long ticks = (node.written.toEpochMilli() + 11_644_473_600_000L) * 10_000;
        ByteBuffer key = buffer(76 + name.length).put((byte) 'n').put((byte) 'k').putShort((short) 0x20).putLong(ticks).putInt(0)
                .putInt(parent).putInt(below.length).putInt(0).putInt(keyList).putInt(-1).putInt(values.length).putInt(valueList)
                .putInt(-1).putInt(-1).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0).putShort((short) name.length)
                .putShort((short) 0).put(name);
        return cell(key.array());
    }

    private static byte[] numbers(int[] numbers) {
        ByteBuffer all = buffer(numbers.length * 4);
        Arrays.stream(numbers).forEach(all::putInt);
        return all.array();
    }

    private int keyList(int[] keys, String kind) {
        if (kind.equals("ri")) {
            int middle = keys.length / 2;
            int[] lists = {keyList(Arrays.copyOf(keys, middle), "li"), keyList(Arrays.copyOfRange(keys, middle, keys.length), "lf")};
            return cell(buffer(12).put((byte) 'r').put((byte) 'i').putShort((short) 2).put(numbers(lists)).array());
        }
        ByteBuffer all = buffer(4 + keys.length * (kind.equals("li") ? 4 : 8)).put(kind.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) keys.length);
        for (int key : keys) {
            all.putInt(key);
            if (!kind.equals("li")) {
                all.putInt(0);
            }
        }
        return cell(all.array());
    }

    private int value(String name, Object[] typeAndData) {
        byte[] data = (byte[]) typeAndData[1];
        byte[] letters = name.getBytes(StandardCharsets.ISO_8859_1);
        int place;
        int size = data.length;
        if (size <= 4) {
            place = ByteBuffer.wrap(Arrays.copyOf(data, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
            size |= 0x80000000;
        } else if (size > SEGMENT) {
            int count = (size + SEGMENT - 1) / SEGMENT;
            int[] segments = new int[count];
            for (int i = 0; i < count; i++) {
                segments[i] = cell(Arrays.copyOf(Arrays.copyOfRange(data, i * SEGMENT, Math.min(size, (i + 1) * SEGMENT)),
                        SEGMENT + 4));
            }
            place = cell(buffer(8).put((byte) 'd').put((byte) 'b').putShort((short) count).putInt(cell(numbers(segments))).array());
        } else {
            place = cell(data);
        }
        return cell(buffer(20 + letters.length).put((byte) 'v').put((byte) 'k').putShort((short) letters.length).putInt(size)
                .putInt(place).putInt((int) typeAndData[0]).putShort((short) 1).putShort((short) 0).put(letters).array());
    }
}
