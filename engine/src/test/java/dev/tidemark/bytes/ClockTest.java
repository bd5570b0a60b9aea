package dev.tidemark.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTest {
    private final Clock clock = new Clock();

    private void sameAsPlain(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertEquals(Times.dateTime(bytes, 0, bytes.length), clock.dateTime(bytes, 0, bytes.length), text);
    }

    @Test
    void timesOfOneHourAndTheNextAreReadAsThePlainReaderDoes() {
        for (String text : new String[] {"2021-03-02T05:59:58.123Z,x", "2021-03-02T05:59:59Z", "2021-03-02T05:59:60.999Z",
            "2021-03-02T06:00:00.000Z", "2021-03-02 06:00:01", "2021-03-02T05:00:00Z", "2021-03-02T05:0", "",
            "2021-03-02T05:61:00", "2021-03-02T05:01:61", "2021-03-02T05:x1:00", "2021-03-02T05:01-00", "2021-02-30T05:00:00"}) {
            sameAsPlain(text);
        }
    }

    @Test
    void damagedTimesAreReadAsThePlainReaderDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(String.format("2021-03-0%dT0%d:%02d:%02d.%03dZ", 1 + random.nextInt(2),
                    random.nextInt(2), random.nextInt(62), random.nextInt(62), random.nextInt(1000)));
            if (random.nextInt(4) == 0) {
                text.setCharAt(random.nextInt(text.length()), "0159:- T.Z".charAt(random.nextInt(10)));
            }
            sameAsPlain(text.substring(0, text.length() - random.nextInt(8)));
        }
    }
}
