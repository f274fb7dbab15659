using Notify.Admin.Start;

namespace Notify.Admin.UnitTests.Start;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/var/backups/notify.tar.gz")]
    [InlineData("notify.tar.gz")]
    [InlineData("--Slack.tar")]
    public void Backup_WithAnyPath_TakesItAsThePath_AndKeepsTheSettings(string path)
    {
        string[] arguments = path.StartsWith('-') ? ["--DataDirectory", "/srv/notify", "backup", "--", path]
            : ["backup", path, "--DataDirectory", "/srv/notify"];

        var (read, code, _, errors) = Read(arguments);

        errors.ShouldBeEmpty();
        code.ShouldBe(0);
        read.ShouldNotBeNull();
        (read.Task, read.File).ShouldBe((ProgramTask.Backup, Path.GetFullPath(path)));
        read.Settings.ShouldBe(["--DataDirectory=/srv/notify"]);
    }

    [Fact]
    public void Restore_WithAnAbsolutePath_GoesIntoTheDirectoryThatIsNamed()
    {
        var (read, _, _, _) = Read("restore", "/mnt/notify.tar.gz", "--DataDirectory=/srv/notify", "--Database:Provider=Sqlite");

        (read!.Task, read.File).ShouldBe((ProgramTask.Restore, "/mnt/notify.tar.gz"));
        read.Settings.ShouldBe(["--DataDirectory=/srv/notify", "--Database:Provider=Sqlite"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("--Urls", "http://localhost:1", "--Urls=http://localhost:1")]
    [InlineData("--Slack:ApiUrl=http://localhost:5090/api/", null, "--Slack:ApiUrl=http://localhost:5090/api/")]
    [InlineData("--DingTalk:AllowedWebhooks:7", "http://localhost:5090/robot/send", "--DingTalk:AllowedWebhooks:7=http://localhost:5090/robot/send")]
    [InlineData("--Logging:LogLevel:Default", "Debug", "--Logging:LogLevel:Default=Debug")]
    [InlineData("--HTTPS_PROXY", "http://proxy:3128", "--HTTPS_PROXY=http://proxy:3128")]
    public void Serve_WithAKnownSetting_HandsItToTheConfiguration(string first, string? second, string expected)
    {
        var (read, code, _, _) = Read(second is null ? [first] : [first, second]);

        code.ShouldBe(0);
        read!.Task.ShouldBe(ProgramTask.Serve);
        read.Settings.ShouldBe([expected]);
    }

    [Theory]
    [InlineData("--DataDirektory=/srv/secret-value", "--DataDirektory")]
    [InlineData("/srv/notify", "/srv/notify")]
    [InlineData("backpu", "backpu")]
    [InlineData("@arguments", "@arguments")]
    [InlineData("[diagram]", "[diagram]")]
    [InlineData("-v", "-v")]
    [InlineData("--Slack", "--Slack")]
    public void Argument_ThatIsNotUnderstood_IsRefusedByName_WithoutItsValue(string argument, string name)
    {
        var (read, code, _, errors) = Read(argument);

        (read, code).ShouldBe((null, CommandLine.NotUnderstood));
        errors.ShouldContain(name.Trim('[', ']'));
        errors.ShouldNotContain("secret-value");
        errors.ShouldContain("See --help.");
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("backup", "")]
    [InlineData("restore", "one", "two")]
    [InlineData("restore", "one", "--Urls")]
    [InlineData("backup", "one", "--DataDirectory", "/a", "--DataDirectory", "/b")]
    public void Command_WithTooLittleOrTooMuch_IsRefused(params string[] arguments)
    {
        var (read, code, _, errors) = Read(arguments);

        (read, code).ShouldBe((null, CommandLine.NotUnderstood));
        errors.ShouldStartWith("Notify.Admin: ");
    }

    [Fact]
    public void Config_TakesItsFile_ItsOptions_AndTheSettings()
    {
        var (read, code, _, errors) = Read(
            "config", "plan", "notify.yaml", "--prune", "--url", "http://localhost:5080", "--DataDirectory=/srv");
        var (standard, _, _, _) = Read("config", "export", "-");

        errors.ShouldBeEmpty();
        (code, read!.Task, read.File, read.Prune, read.Url).ShouldBe(
            (0, ProgramTask.ConfigPlan, Path.GetFullPath("notify.yaml"), true, "http://localhost:5080"));
        (standard!.Task, standard.File, standard.Prune, standard.Url).ShouldBe((ProgramTask.ConfigExport, "-", false, null));
    }

    [Theory]
    [InlineData("config")]
    [InlineData("config", "plan")]
    [InlineData("config", "export", "notify.yaml", "--prune")]
    public void Config_ThatIsNotUnderstood_EndsWithOne_SinceTwoSaysThatThereAreChanges(params string[] arguments)
    {
        var (read, code, _, errors) = Read(arguments);

        (read, code).ShouldBe((null, 1));
        errors.ShouldStartWith("Notify.Admin: ");
    }

    [Theory]
    [InlineData("--help", "backup")]
    [InlineData("-h", "restore")]
    [InlineData("--version", "1")]
    public void Question_IsAnswered_AndNothingStarts(string argument, string said)
    {
        var (read, code, output, errors) = Read(argument);

        (read, code, errors).ShouldBe((null, 0, ""));
        output.ShouldContain(said);
    }

    private static (CommandLine? Read, int Code, string Output, string Errors) Read(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var read = CommandLine.Read(arguments, output, errors, out var code);
        return (read, code, output.ToString(), errors.ToString());
    }
}
