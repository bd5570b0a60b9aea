package dev.tidemark.mitigate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what a plan says, and takes it back. Files are written in place, so that their owner and their access rights stay;
 * what they held is in the backup before the first byte is written.
 */
public final class Mitigator {
    private final Path backups;

    /** @param backups folder for the copies; better not among the pages of a site */
    public Mitigator(Path backups) {
        this.backups = backups;
    }

    /** Where copies go if nobody says otherwise: a folder of the server that no site serves. */
    public static Path usualBackups(Path root) {
        Path byLetter = root.resolve("C");
        Path drive = Files.isDirectory(byLetter) ? byLetter : root;
        return drive.resolve("ProgramData").resolve("tidemark-backup");
    }

    /**
     * @return the folder with the copies
     * @throws Refusal if a file is no longer what was planned for
     * @throws IOException if something could not be written; what was written before it has been taken back
     */
    public Path apply(MitigationPlan plan, Instant now) throws IOException, Refusal {
        for (Change change : plan.changes()) {
            requireState(change.file(), change.before().map(Sha256::of).orElse(""), "since the plan was made");
        }
        Backup backup = Backup.make(backups, plan.changes(), plan.mitigations(), now);
        List<Change> written = new ArrayList<>();
        try {
            for (Change change : plan.changes()) {
                written.add(change);
                write(change.file(), change.after());
            }
        } catch (IOException e) {
            for (Change change : written) {
                restore(change.file(), change.before());
            }
            backup.markRolledBack(now);
            throw e;
        }
        return backup.folder();
    }

    /**
     * Takes back the newest that was not taken back yet.
     *
     * @return the files that are as they were before
     * @throws Refusal if one was changed since, or a copy is damaged; then nothing is written
     */
    public List<Path> rollback(Path root, Instant now) throws IOException, Refusal {
        Backup backup = Backup.newest(backups).orElseThrow(() -> new Refusal("there is nothing in " + backups
                + " that could be taken back"));
        ServerRoot server = ServerRoot.of(root);
        List<Optional<byte[]>> before = new ArrayList<>();
        for (Backup.Entry entry : backup.entries()) {
            server.requireInside(entry.file());
            requireState(entry.file(), entry.sha256After(), "since the mitigation was put in");
            before.add(entry.existed() ? Optional.of(backup.before(entry)) : Optional.empty());
        }
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            restore(backup.entries().get(i).file(), before.get(i));
            files.add(backup.entries().get(i).file());
        }
        backup.markRolledBack(now);
        return files;
    }

    private static void requireState(Path file, String sha256, String since) throws Refusal {
        String found = Files.exists(file) ? Sha256.of(Configuration.bytes(file)) : "";
        if (!found.equals(sha256)) {
            throw new Refusal(file + (found.isEmpty() ? " is gone " : sha256.isEmpty() ? " was made " : " has changed ") + since
                    + "; nothing was written");
        }
    }

    private static void restore(Path file, Optional<byte[]> before) throws IOException {
        if (before.isPresent()) {
            write(file, before.get());
        } else {
            Files.deleteIfExists(file);
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SYNC);
    }
}
