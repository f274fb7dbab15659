using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.ChannelPages;

public sealed class BulkRunTests
{
    private static readonly ChannelName[] Three = [Named(1, isOn: true), Named(2, isOn: false), Named(3, isOn: true)];

    [Fact]
    public async Task Run_Stopped_KeepsWhatIsDone_AndSaysSo()
    {
        using var stop = new CancellationTokenSource();
        var run = new BulkRun(BulkAction.Delete, Three);

        await run.RunAsync((channel, _) =>
        {
            if (channel.Key.Id == 2)
            {
                stop.Cancel();
            }

            return Task.FromResult(new BulkVerdict(channel.Key.Id == 1, "said"));
        }, Unexpected, () => { }, stop.Token);

        run.IsOver.ShouldBeTrue();
        run.Lines.Select(line => line.Channel.Key.Id).ShouldBe([1, 2]);
        run.Succeeded.ShouldBe(1);
        run.CanBeUndone.ShouldBeFalse("a deletion");
    }

    [Fact]
    public async Task Undo_OfSwitchingOff_SwitchesOnOnlyWhatWasOn()
    {
        var run = new BulkRun(BulkAction.SwitchOff, Three);
        await run.RunAsync((channel, _) => Task.FromResult(new BulkVerdict(channel.Key.Id != 3, "", Changed: channel.IsOn)), Unexpected,
            () => { }, TestContext.Current.CancellationToken);

        var undo = run.ToUndo();

        undo.Action.ShouldBe(BulkAction.SwitchOn);
        undo.Channels.Select(channel => channel.Key.Id).ShouldBe([1], "2 was off before, 3 was not switched");
    }

    [Fact]
    public async Task Undo_OfAddingATag_TakesItFromThoseThatDidNotHaveIt()
    {
        var run = new BulkRun(BulkAction.AddTag, Three) { Tag = "prod" };
        await run.RunAsync((channel, _) => Task.FromResult(new BulkVerdict(true, "", Changed: channel.Key.Id == 3)), Unexpected, () => { },
            TestContext.Current.CancellationToken);

        var undo = run.ToUndo();

        (undo.Action, undo.Tag).ShouldBe((BulkAction.RemoveTag, "prod"));
        undo.Channels.ShouldBe([Three[2]]);
    }

    [Fact]
    public async Task Undo_OfDeliverySettings_GivesEachBackItsOwn()
    {
        var run = new BulkRun(BulkAction.SetDelivery, Three) { DeliveryOf = _ => new DeliveryChange { IntervalMinutes = 15 } };
        await run.RunAsync((channel, _) => Task.FromResult(new BulkVerdict(true, "", Changed: channel.Key.Id != 2)
        {
            Before = new DeliveryChange { IntervalMinutes = channel.Key.Id },
        }), Unexpected, () => { }, TestContext.Current.CancellationToken);

        var undo = run.ToUndo();

        undo.Channels.Select(channel => (channel.Key.Id, undo.DeliveryOf!(channel.Key).IntervalMinutes))
            .ShouldBe([(1, 1), (3, 3)], "2 had them already");
    }

    [Fact]
    public async Task Run_OneFails_TellsOfItAndGoesOn()
    {
        var run = new BulkRun(BulkAction.SwitchOff, Three);

        await run.RunAsync(
            (channel, _) => channel.Key.Id switch
            {
                1 => Task.FromResult(new BulkVerdict(true, "done")),
                2 => throw new TaskCanceledException("nobody stopped it: a call took too long"),
                _ => throw new InvalidOperationException("the store is away"),
            }, (channel, _) => new BulkVerdict(false, $"{channel.Key.Id} failed"), () => { }, TestContext.Current.CancellationToken);

        run.IsOver.ShouldBeTrue();
        run.Lines.Select(line => line.Verdict.Text).ShouldBe(["done", "2 failed", "3 failed"]);
        run.ToUndo().Channels.ShouldHaveSingleItem().Key.Id.ShouldBe(1);
    }

    [Fact]
    public async Task Run_NoLongerAllowed_EndsWithItsLinesKept()
    {
        var run = new BulkRun(BulkAction.SwitchOff, Three);

        await run.RunAsync(
            (channel, _) => channel.Key.Id == 1 ? Task.FromResult(new BulkVerdict(true, "done")) : throw new NotPermittedException("Edit"),
            (_, _) => new BulkVerdict(false, "not allowed") { EndsRun = true }, () => { }, TestContext.Current.CancellationToken);

        run.IsOver.ShouldBeTrue();
        run.Lines.Select(line => line.Verdict.Text).ShouldBe(["done", "not allowed"]);
    }

    private static BulkVerdict Unexpected(ChannelName channel, Exception failure) =>
        throw new InvalidOperationException($"{channel.Name} failed", failure);

    private static ChannelName Named(int id, bool isOn) => new(new ChannelKey(ChannelKind.Slack, id), $"channel {id}", isOn);
}
