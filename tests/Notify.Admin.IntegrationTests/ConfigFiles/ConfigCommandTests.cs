using Notify.Admin.ConfigFiles;
using Notify.Admin.Start;
using Notify.Admin.Testing;
using LoopbackServer = Notify.Admin.IntegrationTests.Slack.LoopbackServer;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary><c>config export|plan|apply</c>, on the store and through the API of a running product.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private const string File = "version: 1\nassetGroups:\n  - id: 7\n    name: Web shop\n";

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"notify-{Guid.NewGuid():N}.yaml");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => System.IO.File.Delete(_path);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_PlansAppliesAndExports_WithExitCodesForScripts(bool isRemote)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await WriteAsync(File);

        var planned = await RunAsync(app, isRemote, ProgramTask.ConfigPlan);
        var applied = await RunAsync(app, isRemote, ProgramTask.ConfigApply);
        var again = await RunAsync(app, isRemote, ProgramTask.ConfigPlan);

        planned.Code.ShouldBe(ConfigCommand.HasChanges);
        planned.Output.ShouldContain("+ assetGroups 7");
        planned.Output.ShouldContain("1 to create, 0 to change, 0 to delete.");
        (applied.Code, again.Code).ShouldBe((0, 0));
        applied.Output.ShouldContain("Applied.");
        again.Output.ShouldContain("Nothing to change.");

        await WriteAsync("{version: 1, assetGroups: []}");
        (await RunAsync(app, isRemote, ProgramTask.ConfigPlan)).Output.ShouldContain("1 that the file does not name stay");
        var pruned = await RunAsync(app, isRemote, ProgramTask.ConfigPlan, prune: true);
        (pruned.Code, pruned.Output.Contains("- assetGroups 7")).ShouldBe((ConfigCommand.HasChanges, true));

        (await RunAsync(app, isRemote, ProgramTask.ConfigExport)).Code.ShouldBe(0);
        (await System.IO.File.ReadAllTextAsync(_path, Stop)).ShouldContain("name: Web shop");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Command_WithAWrongFile_EndsWithOne_AndNamesTheLine(bool isRemote)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await WriteAsync(File.Replace("id: 7", "id: seven"));

        var result = await RunAsync(app, isRemote, ProgramTask.ConfigApply);

        result.Code.ShouldBe(ConfigCommand.Failed);
        result.Errors.ShouldContain("Line 3: assetGroups[0].id must be decimal digits within int32");
        result.Errors.ShouldContain("Nothing was changed.");
    }

    [Fact]
    public async Task Command_WithAKeyThatIsNotGood_SaysSo()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var door = new ConfigApiClient(app.BaseAddress, "nak_no-such-key-0123456789-0123456789");

        var result = await RunAsync(door, ProgramTask.ConfigExport, false);

        result.Code.ShouldBe(ConfigCommand.Failed);
        result.Errors.ShouldContain("401");
        result.Errors.ShouldNotContain("no-such-key");
    }

    [Fact]
    public async Task Command_WithAFileThatIsNoUtf8_NamesTheLine_AndChangesNothing()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await System.IO.File.WriteAllBytesAsync(_path, System.Text.Encoding.Latin1.GetBytes(File.Replace("Web shop", "Prüfung")), Stop);

        var result = await RunAsync(app, isRemote: false, ProgramTask.ConfigApply);

        result.Code.ShouldBe(ConfigCommand.Failed);
        result.Errors.ShouldContain("Line 4: file is not UTF-8 text");
        result.Errors.ShouldContain("Nothing was changed.");
    }

    [Theory]
    [InlineData("200 OK", "text/html", "<html>Sign in</html>", "200: this is not the API of Notify.Admin.")]
    [InlineData("200 OK", "application/json", "<html>", "200: this is not the API of Notify.Admin.")]
    [InlineData("200 OK", "application/json", "{}", "200: this is not the API of Notify.Admin.")]
    [InlineData("200 OK", "text/plain; charset=none-such", "version: 1", "200: this is not the API of Notify.Admin.")]
    [InlineData("302 Found\r\nLocation: /sign-in", "text/html", "", "302: this is not the API of Notify.Admin.")]
    public async Task Command_OnWhatIsNotTheApi_EndsWithOne_AndWritesNothing(string status, string type, string body, string error)
    {
        await WriteAsync(File);
        foreach (var task in new[] { ProgramTask.ConfigExport, ProgramTask.ConfigPlan, ProgramTask.ConfigApply })
        {
            await using var server = LoopbackServer.Answering(
                $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
            using var door = new ConfigApiClient(new Uri(server.Url), "nak_a-key");

            var result = await RunAsync(door, task, false);

            (result.Code, result.Output).ShouldBe((ConfigCommand.Failed, ""));
            result.Errors.ShouldContain(error);
            server.Requests.Count.ShouldBe(1);
            (await System.IO.File.ReadAllTextAsync(_path, Stop)).ShouldBe(File);
        }
    }

    private Task WriteAsync(string text) => System.IO.File.WriteAllTextAsync(_path, text, Stop);

    private async Task<(int Code, string Output, string Errors)> RunAsync(
        NotifyAdminApp app, bool isRemote, ProgramTask task, bool prune = false)
    {
        if (isRemote)
        {
            using var client = new ConfigApiClient(app.BaseAddress, NotifyAdminSettings.ApiKey);
            return await RunAsync(client, task, prune);
        }

        using var output = new StringWriter();
        using var errors = new StringWriter();
        var command = new CommandLine(task, _path, []) { Prune = prune };
        var code = await ConfigCommand.RunOnStoreAsync(command, app.Services, output, errors, Stop);
        return (code, output.ToString(), errors.ToString());
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(IConfigDoor door, ProgramTask task, bool prune)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ConfigCommand.RunAsync(new CommandLine(task, _path, []) { Prune = prune }, door, output, errors, Stop);
        return (code, output.ToString(), errors.ToString());
    }
}
