package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.acquire.FrontEndPlaces;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.file.FileRecord;
import dev.tidemark.read.WebPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one host has left of the records that alone show a way in, and what was lost of them.
 *
 * @param files   HttpProxy's and the front-end site's logs that reach into the time that was asked for
 * @param hours   source → hours since 1970 → records
 * @param missing what must be there but is not, in words
 * @param lost    what could not be read and may have held them
 */
record FrontEnd(List<FileResult> files, SortedMap<String, SortedMap<Long, Long>> hours, List<String> missing,
        List<Skipped> lost) {
    private static final String HTTP_PROXY = "httpproxy";
    private static final String IIS = "iis";

    static FrontEnd of(HostScan.Host host, ScanOptions options) {
        List<FileResult> all = host.files().stream().filter(FrontEnd::showsWayIn).toList();
        List<FileResult> files = all.stream().filter(f -> !options.bounded()
                || f.summary().recordsByHour().keySet().stream().anyMatch(options::touches)).toList();
        SortedMap<String, SortedMap<Long, Long>> hours = new TreeMap<>();
        for (FileResult file : files) {
            SortedMap<Long, Long> own = hours.computeIfAbsent(file.source(), s -> new TreeMap<>());
            file.summary().recordsByHour().forEach((hour, count) -> {
                if (options.touches(hour)) {
                    own.merge(hour, count, Long::sum);
                }
            });
        }
        return new FrontEnd(files, hours, missing(files), lost(host, all));
    }

    private static boolean showsWayIn(FileResult file) {
        return (file.source().equals(HTTP_PROXY) || file.source().equals(IIS))
                && FrontEndPlaces.showsWayIn(file.path());
    }

    /** The front end's IIS log alone is enough; HttpProxy only with every protocol through which a way leads in. */
    private static List<String> missing(List<FileResult> files) {
        TreeSet<String> protocols = new TreeSet<>();
        for (FileResult file : files) {
            if (file.summary().records() == 0) {
                continue;
            }
            String protocol = file.source().equals(IIS) ? "" : FrontEndPlaces.protocol(file.path());
            if (protocol.isEmpty()) {
                return List.of();
            }
            protocols.add(protocol);
        }
        List<String> missing = new ArrayList<>();
        for (String protocol : new TreeSet<>(FrontEndPlaces.protocols())) {
            if (!protocols.isEmpty() && !protocols.contains(protocol)) {
                missing.add("HttpProxy logs of " + protocol);
            }
        }
        return missing;
    }

    private static List<Skipped> lost(HostScan.Host host, List<FileResult> files) {
        List<Skipped> lost = new ArrayList<>();
        for (Skipped s : host.skipped()) {
            if (s.bytes() != Skipped.NONE && canHold(host.relative(s.path()))) {
                lost.add(new Skipped(host.relative(s.path()), s.bytes(), s.why()));
            }
        }
        for (FileResult file : host.files()) {
            boolean unknown = file.source().isEmpty() || file.source().equals(FileRecord.WEB_FILE);
            boolean front = unknown ? canHold(host.relative(file.path())) : showsWayIn(file);
            for (Skipped s : file.skipped()) {
                if (front && (s.bytes() != Skipped.NONE || !isLastOfItsFolder(file, files))) {
                    lost.add(new Skipped(host.relative(s.path()), s.bytes(), s.why()));
                }
            }
        }
        return lost;
    }

    /** Records of the front end, or a page that it serves: what an intruder leaves is one, too. */
    private static boolean canHold(String path) {
        return FrontEndPlaces.canHold(path)
                || WebPlaces.served(EvidenceNames.decode(path)) && (WebPlaces.page(path) || path.endsWith("/"));
    }

    /** The log that was being written when the evidence was taken may end in the middle of a record, or be empty. */
    private static boolean isLastOfItsFolder(FileResult file, List<FileResult> files) {
        return files.stream().filter(other -> folder(other).equals(folder(file)) && other != file)
                .noneMatch(other -> file.summary().last().isPresent() && other.summary().last().isPresent()
                        ? other.summary().last().get().isAfter(file.summary().last().get())
                        : other.path().compareToIgnoreCase(file.path()) > 0);
    }

    private static String folder(FileResult file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1);
    }
}
