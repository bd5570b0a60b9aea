package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Times;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.ProductPages;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.WebPlaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One pass over one file table. */
final class MftRun {
    private static final int RECORDS_AT_ONCE = 512;
    private static final int SMALLEST_RECORD = 1024;
    private static final int MOST_EXTENSIONS = 200_000;
    /** Folders that are told for the journal. */
    private static final int MOST_TOLD = 100_000;
    /** Room for a path, six times and some numbers. */
    private static final int LINE = FolderTable.LONGEST + (4 << 10);
    private static final byte[] TRUTH = "\ntrue false".getBytes(StandardCharsets.US_ASCII);

    private final String path;
    private final LineFilter filter;
    private final RecordSink sink;
    private final byte[] drive;
    private final HourCount count = new HourCount();
    private final FolderTable folders = new FolderTable();
    private final HeldEntries held = new HeldEntries();
    private final WebPages pages;
    /** Names that lie in other records than their files, by the file's record. */
    private final Map<Long, MftEntry> extensions = new HashMap<>();
    private final MftEntry entry = new MftEntry();
    private final byte[] line = new byte[LINE];
    private long read;
    private long damaged;
    private long notHeld;
    private int told;

    MftRun(String path, LineFilter filter, RecordSink sink, ProductPages products) {
        this.path = path;
        this.filter = filter;
        this.sink = sink;
        this.drive = NtfsPath.drive(path).getBytes(StandardCharsets.US_ASCII);
        this.pages = new WebPages(products);
    }

    ReadSummary read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(SMALLEST_RECORD);
        int size = head.length < SMALLEST_RECORD ? SMALLEST_RECORD : Math.max(MftReader.recordSize(head), SMALLEST_RECORD);
        byte[] block = new byte[size * RECORDS_AT_ONCE];
        System.arraycopy(head, 0, block, 0, head.length);
        int have = head.length;
        try {
            while (true) {
                int got = in.readNBytes(block, have, block.length - have);
                have += got;
                for (int at = 0; at + size <= have; at += size) {
                    take(block, at, size);
                }
                if (have < block.length) {
                    if (have % size != 0) {
                        sink.skipped(new Skipped(path, Skipped.NONE, "it ends within record " + read));
                    }
                    break;
                }
                have = 0;
            }
        } finally {
            finish(size);
        }
        return count.summary();
    }

    private void take(byte[] block, int at, int size) {
        MftEntry.Kind kind = entry.take(block, at, size, read++);
        switch (kind) {
            case EMPTY -> { }
            case DAMAGED -> damaged++;
            case EXTENSION -> extension();
            case BASE -> base();
        }
    }

    private void extension() {
        if (entry.nameless()) {
            return;
        }
        if (extensions.size() >= MOST_EXTENSIONS) {
            notHeld++;
        } else {
            extensions.computeIfAbsent(entry.base, b -> new MftEntry()).nameFrom(entry);
        }
    }

    private void base() {
        if (entry.directory && entry.nameless()) {
            folders.await(entry);
        } else if (entry.directory) {
            folders.add(entry);
        }
        boolean page = !entry.directory && WebPlaces.page(entry.nameText());
        boolean waits = page || entry.nameless() || folders.follow(entry.parent, read) == FolderTable.Way.OPEN;
        if (waits && held.add(entry)) {
            return;
        }
        if (waits) {
            notHeld++;
        }
        hand(Optional.empty());
    }

    private void finish(int size) {
        for (int i = 0; i < held.count(); i++) {
            held.get(i, entry);
            if (entry.nameless() && entry.directory && named()) {
                folders.add(entry);
            }
        }
        for (int i = 0; i < held.count(); i++) {
            page(i).ifPresent(p -> pages.add(p, entry.nameCreated));
        }
        for (int i = 0; i < held.count(); i++) {
            Optional<NtfsPath> page = page(i);
            if (!entry.nameless()) {
                hand(page.map(p -> pages.page(p, entry.nameCreated)));
            }
        }
        folders.each(this::tell);
        if (damaged > 0) {
            sink.skipped(new Skipped(path, damaged * size, damaged + " of " + read
                    + " records are damaged: their fixups or attributes do not fit; they were left out"));
        }
        if (notHeld + folders.unknown() > 0) {
            sink.skipped(new Skipped(path, Skipped.NONE, "the table has more folders than are held: the paths of "
                    + (notHeld + folders.unknown()) + " files or folders, and of what lies in them, are not known"));
        }
    }

    /** Tells of a folder in which a change would matter, for the journal, which knows folders by their numbers only. */
    private void tell(long reference) {
        if (told == MOST_TOLD || folders.follow(reference, read) != FolderTable.Way.WHOLE) {
            return;
        }
        System.arraycopy(drive, 0, line, 0, drive.length);
        NtfsPath folder = path(drive.length + folders.copy(line, drive.length));
        if (folder.shallow() || WebPlaces.served(folder.server() + "/")) {
            told++;
            sink.observedOfFile(RecordSink.FOLDER, FileChange.reference(reference) + " " + folder.path(), Place.ofFile(path));
        }
    }

    /** Takes a record that waited; its path if it is a page that is served. */
    private Optional<NtfsPath> page(int i) {
        held.get(i, entry);
        boolean named = !entry.nameless() || named();
        if (!named || entry.directory || !WebPlaces.page(entry.nameText())) {
            return Optional.empty();
        }
        return Optional.of(path(put())).filter(NtfsPath::served);
    }

    /** Gives the record the name that lies in another one, if there is one. */
    private boolean named() {
        MftEntry name = extensions.get(entry.number);
        if (name != null) {
            entry.nameFrom(name);
        }
        return name != null;
    }

    private void hand(Optional<WebPages.Page> page) {
        count.add(Times.NONE);
        int pathBytes = put();
        int to = fields(pathBytes);
        if (page.isPresent() && entry.content != null) {
            sink.file(ResidentFile.of(path, path(pathBytes), entry.content,
                    WindowsTime.instant(Math.max(entry.modified, entry.nameCreated))),
                    Place.ofRecord(path, entry.number));
        }
        if (filter.wakes(line, 0, to)) {
            sink.record(new MftRecord(entry, path(pathBytes), page));
        }
    }

    private NtfsPath path(int bytes) {
        return new NtfsPath(new String(line, 0, bytes, StandardCharsets.UTF_8));
    }

    /** Writes the path of the record into the line and gives its length. */
    private int put() {
        int to = drive.length;
        System.arraycopy(drive, 0, line, 0, to);
        if (entry.number == 5) {
            line[to++] = '\\';
            return to;
        }
        if (folders.follow(entry.parent, read) != FolderTable.Way.WHOLE) {
            byte[] orphan = ("\\" + FolderTable.ORPHAN).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(orphan, 0, line, to, orphan.length);
            to += orphan.length;
        }
        to += folders.copy(line, to);
        line[to++] = '\\';
        System.arraycopy(entry.name, 0, line, to, entry.name.length);
        return to + entry.name.length;
    }

    /** Writes behind it what else of the record a rule may ask for. */
    private int fields(int from) {
        int to = from;
        for (long time : new long[] {entry.created, entry.modified, entry.changed, entry.accessed, entry.nameCreated,
            entry.nameModified}) {
            line[to++] = '\n';
            to += WindowsTime.put(time, line, to);
        }
        byte[] numbers = ("\n" + entry.size + "\n" + entry.number + "\n" + entry.sequence)
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(numbers, 0, line, to, numbers.length);
        to += numbers.length;
        System.arraycopy(TRUTH, 0, line, to, TRUTH.length);
        return to + TRUTH.length;
    }
}
