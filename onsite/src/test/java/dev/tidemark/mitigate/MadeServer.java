package dev.tidemark.mitigate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The drive of a made-up server with the configuration that IIS and Exchange write: nothing of it is anybody's real one. */
final class MadeServer {
    static final String SERVER_CONFIG = "Windows/System32/inetsrv/config/applicationHost.config";
    static final String SITE_CONFIG = "inetpub/wwwroot/web.config";
    static final String APPLICATION_HOST = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- IIS configuration -->
            <configuration>
                <configSections>
                    <sectionGroup name="system.webServer">
                        <section name="handlers" overrideModeDefault="Deny" />
                        <sectionGroup name="rewrite">
                            <section name="globalRules" overrideModeDefault="Deny" allowDefinition="AppHostOnly" />
                            <section name="rules" overrideModeDefault="Allow" />
                        </sectionGroup>
                    </sectionGroup>
                </configSections>
                <system.applicationHost>
                    <applicationPools>
                        <add name="DefaultAppPool" />
                        <add name="MSExchangeOABAppPool" managedRuntimeVersion="v4.0" />
                        <add name='MSExchangeECPAppPool' autoStart="true" managedRuntimeVersion="v4.0"><recycling /></add>
                    </applicationPools>
                    <sites>
                        <site name="Default Web Site" id="1">
                            <application path="/"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" /></application>
                            <application path="/owa"><virtualDirectory path="/" physicalPath="C:\\Exchange\\FrontEnd\\HttpProxy\\owa" /></application>
                            <application path="/ecp"><virtualDirectory path="/" physicalPath="C:\\Exchange\\FrontEnd\\HttpProxy\\ecp" /></application>
                            <application path="/Autodiscover"><virtualDirectory path="/" physicalPath="C:\\Exchange\\FrontEnd\\HttpProxy\\Autodiscover" /></application>
                            <bindings><binding protocol="https" bindingInformation=":443:" /></bindings>
                        </site>
                        <site name="Exchange Back End" id="2">
                            <application path="/"><virtualDirectory path="/" physicalPath="C:\\Exchange\\ClientAccess" /></application>
                            <bindings><binding protocol="https" bindingInformation=":444:" /></bindings>
                        </site>
                    </sites>
                </system.applicationHost>
                <system.webServer>
                    <globalModules>
                        <add name="StaticFileModule" image="%windir%\\System32\\inetsrv\\static.dll" />
                        <add name="RewriteModule" image="%SystemRoot%\\system32\\inetsrv\\rewrite.dll" />
                    </globalModules>
                </system.webServer>
                <location path="Default Web Site/ecp" overrideMode="Allow">
                    <system.webServer><security><access sslFlags="Ssl" /></security></system.webServer>
                </location>
            </configuration>
            """;
    static final String WEB_CONFIG = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration>
              <!-- <system.webServer><rewrite><rules></rules></rewrite></system.webServer> is only a remark -->
              <location inheritInChildApplications="false">
                <system.webServer>
                  <modules><remove name="Session" /></modules>
                </system.webServer>
              </location>
              <system.web><machineKey validationKey="AutoGenerate,IsolateApps" /></system.web>
            </configuration>
            """;

    private final Path drive;

    private MadeServer(Path drive) {
        this.drive = drive;
    }

    static MadeServer on(Path drive) {
        return new MadeServer(drive).write(SERVER_CONFIG, APPLICATION_HOST).write(SITE_CONFIG, WEB_CONFIG);
    }

    Path drive() {
        return drive;
    }

    Path file(String name) {
        return drive.resolve(name);
    }

    MadeServer write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    MadeServer write(String name, byte[] bytes) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.write(file(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
