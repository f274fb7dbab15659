using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Says how far a plan's monthly limit is used up, where one is stated. Counted at most once a minute for everybody who asks in
/// the same zone: it is for looking a month ahead.</summary>
internal sealed class MonthlyUseService(
    MonthlyUseStore store, IOptionsMonitor<PacingOptions> pacing, IOptionsMonitor<RetentionOptions> retention, TimeProvider time)
    : IDisposable
{
    // A week has its working days and its Sunday.
    private const int RateDays = 7;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _counting = new(1, 1);
    private readonly ConcurrentDictionary<(ChannelKind Kind, DateTimeOffset From), MonthlyUse> _held = new();

    public void Dispose() => _counting.Dispose();

    /// <summary>Null where no limit is stated.</summary>
    public async Task<MonthlyUse?> FindAsync(ChannelKind kind, TimeZoneInfo zone, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await FindAsync(kind, zone, cancellationToken);
    }

    /// <inheritdoc cref="FindAsync(ChannelKind, TimeZoneInfo, Actor, CancellationToken)"/>
    internal async Task<MonthlyUse?> FindAsync(ChannelKind kind, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (LimitOf(kind) is not (> 0 and var limit))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var month = CalendarMonth.Of(now, zone);
        await _counting.WaitAsync(cancellationToken);
        try
        {
            if (_held.TryGetValue((kind, month.From), out var held) && held.Limit == limit && now - held.At < Kept && held.At <= now)
            {
                return held with { Month = month };
            }

            var lately = now.AddDays(-RateDays);
            var (channels, first) = await store.CountAsync(kind, month.From, lately, cancellationToken);
            var onRecord = now.AddDays(-retention.CurrentValue.Days);
            var counted = new MonthlyUse(limit, month, now, channels,
                Math.Clamp((now - (first ?? now)).TotalDays, 1, RateDays), onRecord > month.From ? onRecord : null);
            // Those of other months are of nobody's interest any more; of other zones they are counted again when somebody asks.
            foreach (var old in _held.Where(known => now - known.Value.At >= Kept))
            {
                _held.TryRemove(old);
            }

            return _held[(kind, month.From)] = counted;
        }
        finally
        {
            _counting.Release();
        }
    }

    private int LimitOf(ChannelKind kind) => kind == ChannelKind.DingTalk ? pacing.CurrentValue.DingTalkPerMonth : 0;
}
