package dev.tidemark.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Files that lie on the made-up server's disk and are no logs. */
final class DiskFiles implements RecordWriter {
    private final List<Written> files = new ArrayList<>();

    /** @param path below the drive, {@code inetpub/wwwroot/…} */
    void put(String path, String content, Instant modified, Mark mark) {
        put(MadeFile.text("C/" + path, content, modified), mark);
    }

    void put(MadeFile file, Mark mark) {
        files.add(new Written(file, mark == Mark.NONE ? List.of() : List.of(MarkedPlace.ofFile(mark, file))));
    }

    @Override
    public List<Written> files() {
        return files;
    }
}
