package dev.tidemark.detect.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of modules that are understood. Each takes an offset and a size, or a text. */
enum YaraFunction {
    ENTROPY, MEAN, DEVIATION, MD5, SHA1, SHA256;

    private static final Map<String, YaraFunction> NAMES = Map.of("math.entropy", ENTROPY, "math.mean", MEAN,
            "math.deviation", DEVIATION, "hash.md5", MD5, "hash.sha1", SHA1, "hash.sha256", SHA256);

    static Optional<YaraFunction> named(String name) {
        return Optional.ofNullable(NAMES.get(name));
    }

    YaraValue value(byte[] data, List<YaraValue> arguments) {
        Optional<byte[]> part = part(data, arguments);
        if (part.isEmpty() || part.get().length == 0) {
            return YaraValue.UNDEFINED;
        }
        byte[] bytes = part.get();
        return switch (this) {
            case ENTROPY -> new YaraValue.Real(entropy(bytes));
            case MEAN -> new YaraValue.Real(mean(bytes));
            case DEVIATION -> arguments.get(arguments.size() - 1).real()
                    .<YaraValue>map(mean -> new YaraValue.Real(deviation(bytes, mean))).orElse(YaraValue.UNDEFINED);
            case MD5 -> digest("MD5", bytes);
            case SHA1 -> digest("SHA-1", bytes);
            case SHA256 -> digest("SHA-256", bytes);
        };
    }

    private static Optional<byte[]> part(byte[] data, List<YaraValue> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = arguments.get(0).text();
        if (text.isPresent()) {
            return Optional.of(text.get().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        Optional<Long> from = arguments.get(0).whole();
        Optional<Long> size = arguments.size() < 2 ? Optional.empty() : arguments.get(1).whole();
        if (from.isEmpty() || size.isEmpty() || from.get() < 0 || size.get() < 0 || from.get() > data.length) {
            return Optional.empty();
        }
        long to = Math.min(data.length, from.get() + Math.min(size.get(), data.length));
        return Optional.of(Arrays.copyOfRange(data, (int) (long) from.get(), (int) to));
    }

    /** In bits a byte. */
    private static double entropy(byte[] bytes) {
        long[] counts = new long[256];
        for (byte b : bytes) {
            counts[b & 0xFF]++;
        }
        double entropy = 0;
        for (long count : counts) {
            if (count > 0) {
                double share = (double) count / bytes.length;
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        return entropy;
    }

    private static double mean(byte[] bytes) {
        long sum = 0;
        for (byte b : bytes) {
            sum += b & 0xFF;
        }
        return (double) sum / bytes.length;
    }

    private static double deviation(byte[] bytes, double mean) {
        double sum = 0;
        for (byte b : bytes) {
            sum += Math.abs((b & 0xFF) - mean);
        }
        return sum / bytes.length;
    }

    private static YaraValue digest(String algorithm, byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(bytes);
            return new YaraValue.Text(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
