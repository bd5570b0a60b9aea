package dev.tidemark.cli;

import dev.tidemark.collect.CollectException;
import dev.tidemark.collect.Encryption;
import dev.tidemark.scan.EvidenceRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Encrypted bundles among the evidence, plain for as long as a command runs. */
final class OpenedBundles implements AutoCloseable {
    private static final String SUFFIX = ".age";

    private final Path folder;
    private final Path identity;
    private final List<Path> plain = new ArrayList<>();

    /**
     * @param folder   where the plain bundles lie
     * @param identity opens them; null if there is none
     */
    OpenedBundles(Path folder, Path identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /** The same evidence with the encrypted bundles opened. @throws Usage if one cannot be opened */
    List<EvidenceRoot> open(List<EvidenceRoot> roots) {
        List<EvidenceRoot> opened = new ArrayList<>();
        for (EvidenceRoot root : roots) {
            boolean encrypted = root.parts().size() == 1 && Encryption.encrypted(root.parts().get(0).path());
            opened.add(encrypted ? open(root) : root);
        }
        return opened;
    }

    private EvidenceRoot open(EvidenceRoot root) {
        Path file = root.parts().get(0).path();
        if (identity == null) {
            throw new Usage(file + " is encrypted; --identity FILE opens it");
        }
        String name = file.getFileName().toString();
        String shown = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        try {
            Path target = Files.createDirectories(folder).resolve("plain-" + plain.size() + "-" + shown);
            plain.add(target);
            Files.deleteIfExists(target);
            Encryption.decrypt(file, identity, target);
            return new EvidenceRoot(file.resolveSibling(shown), List.of(new EvidenceRoot.Part(target, "")));
        } catch (CollectException e) {
            throw new Usage(e.getMessage());
        } catch (IOException e) {
            throw new Usage("cannot decrypt " + file + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        for (Path each : plain) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                throw new Usage("the plain bundle " + each + " could not be deleted: " + e.getMessage());
            }
        }
    }
}
