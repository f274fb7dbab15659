using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public class FormDraftTests
{
    private const string Form = "slack-integration/17";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Draft_SavedTwice_LastOneIsLoadedUntilDeleted(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var drafts = app.Services.GetRequiredService<FormDraftService>();
        var admin = await app.AdminActorAsync();

        await drafts.SaveAsync(admin, Form, new Typed("one"), Stop);
        await drafts.SaveAsync(admin, Form, new Typed("two"), Stop);

        (await drafts.LoadAsync<Typed>(admin, Form, Stop))!.Model.Name.ShouldBe("two");
        (await drafts.LoadAsync<Typed>(admin, "slack-integration/18", Stop)).ShouldBeNull();
        (await drafts.LoadAsync<Typed>(admin with { UserId = "somebody else" }, Form, Stop)).ShouldBeNull();
        await drafts.DeleteAsync(admin, Form, Stop);
        (await drafts.LoadAsync<Typed>(admin, Form, Stop)).ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Draft_SavedAtOnceFromTwoTabs_KeepsOne(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var drafts = app.Services.GetRequiredService<FormDraftService>();
        var admin = await app.AdminActorAsync();

        var saved = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(tab => Task.Run(() => drafts.SaveAsync(admin, Form, new Typed($"{tab}"), Stop), Stop)));

        saved.ShouldAllBe(kept => kept);
        (await drafts.LoadAsync<Typed>(admin, Form, Stop)).ShouldNotBeNull();
    }

    [Theory, DatabaseData]
    public async Task Keeper_WhosePageGoesRightAfterTheLastKey_KeepsWhatWasTyped(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var drafts = app.Services.GetRequiredService<FormDraftService>();
        var admin = await app.AdminActorAsync();
        // Its clock stands still: the pause after typing is never over.
        var keeper = new DraftKeeper<Typed>(drafts, new StoppedTime(), admin, Form, NullLogger.Instance);

        var typing = keeper.KeepAsync(new Typed("one"));
        await keeper.DisposeAsync();
        await typing;

        (await drafts.LoadAsync<Typed>(admin, Form, Stop))!.Model.Name.ShouldBe("one");
    }

    [Fact]
    public async Task Draft_TooLong_IsNotKept()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        (await app.Services.GetRequiredService<FormDraftService>()
            .SaveAsync(await app.AdminActorAsync(), Form, new Typed(new string('x', FormDraftService.Longest)), Stop)).ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task ClearOld_After30Days_RemovesWhatNobodyTouched(DatabaseProvider provider)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        var drafts = app.Services.GetRequiredService<FormDraftService>();
        var admin = await app.AdminActorAsync();
        await drafts.SaveAsync(admin, "old", new Typed("old"), Stop);
        time.Advance(TimeSpan.FromDays(29));
        await drafts.SaveAsync(admin, "new", new Typed("new"), Stop);
        time.Advance(TimeSpan.FromDays(2));

        await drafts.ClearOldAsync(Stop);

        (await drafts.LoadAsync<Typed>(admin, "old", Stop)).ShouldBeNull();
        (await drafts.LoadAsync<Typed>(admin, "new", Stop)).ShouldNotBeNull();
    }

    private sealed record Typed(string Name);

    // Timers never fire.
    private sealed class StoppedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
