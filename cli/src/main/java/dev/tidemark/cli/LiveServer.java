package dev.tidemark.cli;

import dev.tidemark.scan.EvidenceRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The Exchange server that the program itself runs on, as its environment variables say where things lie. */
final class LiveServer {
    private final Map<String, String> environment;
    private final Function<String, Path> paths;

    /** @param paths makes a path of a variable's text */
    LiveServer(Map<String, String> environment, Function<String, Path> paths) {
        this.environment = environment;
        this.paths = paths;
    }

    /** Empty if this is no Exchange server. Its setup sets {@code ExchangeInstallPath} for the whole machine. */
    Optional<EvidenceRoot> find() {
        String install = variable("ExchangeInstallPath");
        if (install.isEmpty() || !Files.isDirectory(paths.apply(install))) {
            return Optional.empty();
        }
        String drive = variable("SystemDrive").isEmpty() ? "C:" : variable("SystemDrive");
        String windows = variable("SystemRoot").isEmpty() ? drive + "\\Windows" : variable("SystemRoot");
        List<EvidenceRoot.Part> parts = new ArrayList<>();
        for (String folder : List.of(install, drive + "\\inetpub", drive + "\\ExchangeSetupLogs", windows + "\\System32\\winevt\\Logs",
                windows + "\\System32\\LogFiles\\HTTPERR", windows + "\\System32\\inetsrv\\config")) {
            Path path = paths.apply(folder);
            if (Files.isDirectory(path)) {
                parts.add(new EvidenceRoot.Part(path, prefix(folder)));
            }
        }
        String name = variable("COMPUTERNAME");
        return Optional.of(new EvidenceRoot(Path.of(name.isEmpty() ? "this-server" : name), parts));
    }

    private String variable(String name) {
        return environment.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue)
                .findFirst().orElse("").strip();
    }

    /** {@code C:\inetpub} as {@code C/inetpub}, the way collectors write it. */
    private static String prefix(String folder) {
        return folder.replace(":", "").replace('\\', '/').replaceAll("/+$", "");
    }
}
