package dev.tidemark.testkit;

import java.time.Instant;
import java.util.List;

/**
 * Writes one kind of record the way its product does. Another kind, be it text or not (an event log, a registry hive),
 * is one such class and one line in {@link MadeServer}.
 */
interface RecordWriter {
    /** What was written so far, as files, with the place of each marked record in them. */
    List<Written> files();

    /** A file, and what in it stands for something. */
    record Written(MadeFile file, List<MarkedPlace> marks) {
        public Written {
            marks = List.copyOf(marks);
        }
    }

    record MarkedPlace(Mark mark, Trace trace) {
        static MarkedPlace ofLine(Mark mark, String path, long line, Instant time) {
            return new MarkedPlace(mark, Trace.ofLine(path, line, time, mark.shows()));
        }

        static MarkedPlace ofFile(Mark mark, MadeFile file) {
            return new MarkedPlace(mark, Trace.ofFile(file.path(), file.modified(), mark.shows()));
        }
    }
}
