package dev.tidemark.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final DateTimeFormatter SLOW =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Test
    void timesAreWrittenAsJavaWritesThem() {
        Random random = new Random(2021);
        Stream<Instant> any = Stream.generate(() -> Instant.ofEpochSecond(random.nextLong() % 300_000_000_000L, random.nextInt(1_000_000_000)));

        Stream.concat(any.limit(20_000), Stream.of("0000-01-01T00:00:00Z", "0999-12-31T23:59:59.999999999Z", "1000-01-01T00:00:00Z",
                "1601-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z", "2021-03-02T07:00:00.0009Z", "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z").map(Instant::parse))
                .forEach(time -> assertEquals(SLOW.format(time), Json.milliseconds(time)));
    }
}
