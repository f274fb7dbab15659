using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class LatestLoadTests
{
    [Fact]
    public async Task Run_OvertakenWhileItCannotBeStopped_ShowsOnlyTheLatest()
    {
        using var load = new LatestLoad();
        var slow = new TaskCompletionSource<string>();
        List<string> shown = [];

        var first = load.RunAsync(_ => slow.Task, shown.Add);
        await load.RunAsync(_ => Task.FromResult("second"), shown.Add);
        slow.SetResult("first");
        await first;

        shown.ShouldBe(["second"]);
    }

    [Fact]
    public async Task Run_OfNoUseAnyMore_ShowsNothing()
    {
        using var load = new LatestLoad();
        var slow = new TaskCompletionSource<string>();
        List<string> shown = [];

        var first = load.RunAsync(_ => slow.Task, shown.Add);
        load.Cancel();
        slow.SetResult("first");
        await first;
        await load.RunAsync(_ => Task.FromResult("next"), shown.Add);

        shown.ShouldBe(["next"]);
    }

    [Fact]
    public async Task Run_PageIsGone_ShowsNothing()
    {
        var load = new LatestLoad();
        var slow = new TaskCompletionSource<string>();
        List<string> shown = [];

        var first = load.RunAsync(_ => slow.Task, shown.Add);
        load.Dispose();
        slow.SetResult("first");
        await first;
        await load.RunAsync(_ => Task.FromResult("next"), shown.Add);

        shown.ShouldBeEmpty();
    }
}
