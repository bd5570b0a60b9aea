@echo off
rem Starts Tidemark from a release: tidemark.jar lies beside this file. Needs a Java 17 runtime or newer.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
set "JAR=%~dp0tidemark.jar"
if not exist "%JAR%" set "JAR=%~dp0cli\target\tidemark.jar"
if not exist "%JAR%" (
  echo tidemark: tidemark.jar does not lie beside %~f0; take a release, or build with: mvn -DskipTests package 1>&2
  exit /b 2
)
set "HEAP=-Xmx384m"
if "%~1"=="report" set "HEAP=-XX:MaxRAMPercentage=60"
if "%~1"=="diff" set "HEAP=-XX:MaxRAMPercentage=60"
if "%~1"=="merge" set "HEAP=-XX:MaxRAMPercentage=60"
set "OPTIONS=%HEAP% -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData -Dfile.encoding=UTF-8 -XX:+IgnoreUnrecognizedVMOptions"
set "COMPILER=-XX:-C1ProfileCalls -XX:-C1ProfileVirtualCalls -XX:-C1ProfileInlinedCalls -XX:-C1ProfileBranches"
set "COMPILER=%COMPILER% -XX:-C1ProfileCheckcasts -XX:TypeProfileLevel=0 -XX:FreqInlineSize=100"
set "COMPILER=%COMPILER% -XX:Tier4InvocationThreshold=300000 -XX:Tier4MinInvocationThreshold=100000"
set "COMPILER=%COMPILER% -XX:Tier4CompileThreshold=1000000 -XX:Tier4BackEdgeThreshold=1000000"
for %%C in (query rules demo dump posture probe mitigate --help --version) do (
  if "%~1"=="%%C" set "COMPILER=-XX:TieredStopAtLevel=1"
)
"%JAVA%" %OPTIONS% %COMPILER% %TIDEMARK_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
