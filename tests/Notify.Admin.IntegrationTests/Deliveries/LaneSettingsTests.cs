using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>What is changed while a lane is being looked at holds for whatever came after the change.</summary>
public sealed class LaneSettingsTests
{
    // Quiet hours that never end are none.
    private static WeekDays Yesterday =>
        WeekDaysExtensions.Each.Single(day => day.Contains(DateTimeOffset.UtcNow.AddDays(-1).DayOfWeek));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public Task QuietHours_SetDuringALook_HoldWhatCameAfterwards(DatabaseProvider provider) =>
        CheckAsync(provider, HoldReason.QuietHours, (app, id) => app.EditSlackIntegrationAsync(id, s => s.Delivery = new DeliveryPolicy
        {
            QuietHours = new QuietHours { IsOn = true, Days = WeekDays.All & ~Yesterday, From = new(0, 0), To = new(0, 0),
                TimeZone = "UTC", LetCriticalThrough = false },
        }));

    [Theory, DatabaseData]
    public Task Snooze_SetDuringALook_HoldsWhatCameAfterwards(DatabaseProvider provider) =>
        CheckAsync(provider, HoldReason.Snoozed, async (app, id) =>
            (await app.Services.GetRequiredService<PauseService>().SnoozeAsync(new ChannelKey(ChannelKind.Slack, id),
                new SnoozeRequest(DateTimeOffset.UtcNow.AddHours(4), "planned work", PauseOutcome.Summary, false), Actor.System, Stop))
            .ShouldBeEmpty());

    private static async Task CheckAsync(DatabaseProvider provider, HoldReason reason, Func<NotifyAdminApp, int, Task> change)
    {
        var found = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Services = services => services.RemoveAll<IChannel>()
                .AddSingleton<IChannel>(p => p.GetRequiredService<DingTalkChannel>())
                .AddSingleton(p => HeldUpChannel.Of(p.GetRequiredService<SlackChannel>(), found, goOn)),
        });
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        await PostAsync(app, "before");
        await found.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        await change(app, id);
        await PostAsync(app, "after");
        goOn.SetResult();

        await app.WaitForDeliveriesAsync(all => all.Count == 2
            && all.All(d => d.State == DeliveryState.Held && d.HoldReason == reason));
        app.Sandbox.Messages.All.ShouldBeEmpty();
    }

    private static async Task PostAsync(NotifyAdminApp app, string id)
    {
        using var taken = await app.PostEventAsync(
            "sas-event-suspicious", new { item_level = "serious", title = "Web shell", asset = "web-01" }, id);
        taken.EnsureSuccessStatusCode();
    }

    /// <summary>A channel whose first look at a lane is held up when it has read the channel's settings.</summary>
    public class HeldUpChannel : DispatchProxy
    {
        private IChannel? _inner;
        private TaskCompletionSource? _found;
        private Task? _goOn;

        internal static IChannel Of(IChannel inner, TaskCompletionSource found, TaskCompletionSource goOn)
        {
            var channel = Create<IChannel, HeldUpChannel>();
            var proxy = (HeldUpChannel)(object)channel;
            (proxy._inner, proxy._found, proxy._goOn) = (inner, found, goOn.Task);
            return channel;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var result = targetMethod!.Invoke(_inner, args);
            return result is Task<Destination?> destination && args?.Length == 3 ? HoldUpAsync(destination) : result;
        }

        private async Task<Destination?> HoldUpAsync(Task<Destination?> looked)
        {
            var destination = await looked;
            _found!.TrySetResult();
            await _goOn!;
            return destination;
        }
    }
}
