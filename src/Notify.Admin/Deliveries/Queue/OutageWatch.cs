using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Tells a channel's fallback, once per outage, that the channel has been failing for a time, and that it is well again. Only ever
/// the fallback itself: that a fallback fails, too, is told to its own, once. Every instance looks; the events' ids are the same
/// everywhere, so each is stored once. Also wakes the lanes whose drills are due.</summary>
internal sealed class OutageWatch(
    OutageStore store,
    DeskStore desk,
    ChannelDirectory channels,
    PauseStore pauses,
    IProductEvents events,
    DeliverySignal signal,
    ChangeFeed feed,
    IStringLocalizer<DeliveriesText> texts,
    WorkRegister works,
    TimeProvider time,
    ILogger<OutageWatch> logger) : RecurringWork(works, Schedule, time, logger)
{
    public const string MatchReason = "fallback";

    public const string FailingType = "notify.channel.failing";

    public const string RecoveredType = "notify.channel.recovered";

    private static readonly WorkSchedule Schedule = new("outages", TimeSpan.FromSeconds(15)) { AtStart = true };
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var names = await channels.ListAsync(cancellationToken);
            var plans = names.All.Where(c => c is { IsOn: true, Policy.Drills.IsOn: true })
                .ToDictionary(c => c.Key, c => c.Policy.Drills.Mark);
            if (plans.Count > 0 && await store.WakeForDrillsAsync(plans, cancellationToken))
            {
                signal.Raise();
            }

            // Of the moment before they were read: who is silenced only later is not told of what is due only later.
            var now = Time.GetUtcNow();
            var silences = await pauses.ReadAsync(cancellationToken);
            foreach (var troubled in await store.ListAsync(cancellationToken))
            {
                // Whoever silenced it knows. What is still wrong when that ends is told then.
                var tags = names.Find(troubled.Channel)?.Tags ?? [];
                if (troubled.Told is not null || silences.Find(troubled.Channel, tags, now) is null)
                {
                    await TellAsync(troubled, names, now, cancellationToken);
                }
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = feed.Subscribe(ChangeAreas.Channels, () => TryAsync(LookAsync, stoppingToken));
        await base.ExecuteAsync(stoppingToken);
    }

    protected override Task RunAsync(CancellationToken stopping) => LookAsync(stopping);

    private async Task TellAsync(TroubledChannel troubled, ChannelNames names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = names.Find(troubled.Channel);
        if (troubled.Told is { } told && (name is not { IsOn: true } || troubled.Since != told.Since))
        {
            // Of a channel that was switched off or deleted there is nothing more to tell.
            if (name is not { IsOn: true } || await events.RaiseAsync(Recovered(name, told, now)))
            {
                await store.ForgetAsync(troubled.Channel, cancellationToken);
            }
        }
        else if (troubled is { Told: null, IsTroubled: true, Since: { } since }
            && name is { IsOn: true, Policy.Fallback: { IsOn: true, To: { } to, AfterMinutes: { } minutes } }
            && to != troubled.Channel && now - since >= TimeSpan.FromMinutes(minutes))
        {
            var waiting = await desk.CountOpenAsync(troubled.Channel.Kind, [troubled.Channel.Id], cancellationToken);
            if (await events.RaiseAsync(Failing(name, troubled, since, waiting, to)))
            {
                await store.RememberAsync(troubled.Channel, since, to, cancellationToken);
            }
        }
    }

    private ProductEvent Failing(ChannelName name, TroubledChannel troubled, DateTimeOffset since, int waiting, ChannelKey to)
    {
        var code = troubled.Code ?? "";
        EventWords In(CultureInfo culture) => Speaking.In(culture, () =>
        {
            var meaning = channels.ExplainCode(troubled.Channel.Kind, code, troubled.Detail);
            return new EventWords(
                texts[troubled.NeedsAttention ? "Outage.NeedsAttention" : "Outage.Failing", KindOf(name), name.Name],
                texts["Outage.Text", Moment(since), code, meaning?.Meaning ?? "", meaning?.Mend ?? "", waiting]);
        });
        return new ProductEvent(FailingType, $"failing/{IdOf(name.Key, since)}", In(English), In(Chinese))
        {
            Data = DataOf(name, since, new JsonObject { ["code"] = code, ["waiting"] = waiting,
                ["needsAttention"] = troubled.NeedsAttention }),
            Severity = Severity.High,
            Problem = IdOf(name.Key, since),
            State = EventState.Open,
            AlsoTo = [new ChannelMatch(to, MatchReason)],
        };
    }

    private ProductEvent Recovered(ChannelName name, ChannelOutage told, DateTimeOffset now)
    {
        var minutes = Math.Max(1, (int)(now - told.Since).TotalMinutes);
        EventWords In(CultureInfo culture) => Speaking.In(culture, () => new EventWords(
            texts["Outage.Recovered", KindOf(name), name.Name], texts["Outage.RecoveredText", Moment(told.Since), minutes]));
        return new ProductEvent(RecoveredType, $"recovered/{IdOf(name.Key, told.Since)}", In(English), In(Chinese))
        {
            Data = DataOf(name, told.Since, []),
            Problem = IdOf(name.Key, told.Since),
            State = EventState.Resolved,
            AlsoTo = [new ChannelMatch(told.Told, MatchReason)],
        };
    }

    private string KindOf(ChannelName name) => texts[$"Outage.{name.Key.Kind}"];

    private static string IdOf(ChannelKey channel, DateTimeOffset since) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{channel.Kind.ToString().ToLowerInvariant()}-{channel.Id}/{since.UtcDateTime:yyyyMMdd'T'HHmmss.fff'Z'}");

    private static JsonObject DataOf(ChannelName name, DateTimeOffset since, JsonObject data)
    {
        data["channel"] = new JsonObject { ["kind"] = name.Key.Kind.ToString().ToLowerInvariant(), ["id"] = name.Key.Id,
            ["name"] = name.Name };
        data["since"] = since.ToString("O", CultureInfo.InvariantCulture);
        return data;
    }

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
