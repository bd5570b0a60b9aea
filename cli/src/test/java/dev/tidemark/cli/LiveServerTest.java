package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceSink;
import dev.tidemark.acquire.Limits;
import dev.tidemark.model.Skipped;
import dev.tidemark.scan.EvidenceRoot;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Windows server with Exchange on another drive, in memory. */
class LiveServerTest {
    private FileSystem windows;

    @BeforeEach
    void makeServer() throws IOException {
        windows = Jimfs.newFileSystem(Configuration.windows().toBuilder().setRoots("C:\\", "D:\\").build());
        for (String file : List.of("D:\\Exchange\\V15\\Logging\\HttpProxy\\Ecp\\HttpProxy_2021030300-1.LOG",
                "C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log",
                "C:\\Windows\\System32\\winevt\\Logs\\Security.evtx", "C:\\Users\\anna\\private.txt")) {
            Path path = windows.getPath(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
    }

    @AfterEach
    void dropDisk() throws IOException {
        windows.close();
    }

    private Optional<EvidenceRoot> found(Map<String, String> environment) {
        return new LiveServer(environment, windows::getPath).find();
    }

    @Test
    void recordsOfTheServerAreFoundOnAllItsDrives() throws IOException {
        EvidenceRoot root = found(Map.of("exchangeinstallpath", "D:\\Exchange\\V15\\", "SystemDrive", "C:",
                "SystemRoot", "C:\\WINDOWS", "COMPUTERNAME", "MX1")).orElseThrow();
        List<String> paths = new ArrayList<>();
        EvidenceSink sink = new EvidenceSink() {
            @Override
            public void file(EvidenceFile file) {
                paths.add(file.path());
            }

            @Override
            public void skipped(int index, Skipped what) {
                throw new AssertionError(what);
            }
        };
        try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
            for (EvidenceRoot.Part part : root.parts()) {
                acquisition.walk(0, part.path(), part.prefix(), sink);
            }
        }

        assertEquals("MX1", root.name().toString());
        assertEquals(List.of("D/Exchange/V15/Logging/HttpProxy/Ecp/HttpProxy_2021030300-1.LOG",
                "C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log", "C/WINDOWS/System32/winevt/Logs/Security.evtx"), paths);
    }

    @Test
    void machineWithoutExchangeIsNoServer() {
        assertTrue(found(Map.of("SystemDrive", "C:", "COMPUTERNAME", "PC1")).isEmpty());
        assertTrue(found(Map.of("ExchangeInstallPath", "E:\\gone")).isEmpty());
        assertTrue(found(Map.of("ExchangeInstallPath", "D:\\Exchange\\none")).isEmpty());
    }

    @Test
    void whatTheEnvironmentDoesNotSayIsWhereWindowsHasIt() {
        EvidenceRoot root = found(Map.of("ExchangeInstallPath", "D:\\Exchange\\V15")).orElseThrow();

        assertEquals("this-server", root.name().toString());
        assertEquals(List.of("D/Exchange/V15", "C/inetpub", "C/Windows/System32/winevt/Logs"),
                root.parts().stream().map(EvidenceRoot.Part::prefix).toList());
    }
}
