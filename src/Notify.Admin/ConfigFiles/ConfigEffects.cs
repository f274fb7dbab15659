using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>What a change means for what a channel is sent.</summary>
/// <param name="Ended">Waiting deliveries that are skipped, since the channel is switched off or deleted.</param>
/// <param name="Sending">What the last days would have brought; null where the channel is deleted.</param>
public sealed record ConfigEffect(int Ended, ConfigRates? Sending);

/// <summary>Events matched and messages sent a day, by what stands and by the file, over <see cref="ConfigEffects.Days"/>.</summary>
/// <param name="CutAt">Older events were not looked at: there were too many. Null where all were.</param>
public sealed record ConfigRates(
    double EventsNow, double EventsThen, double MessagesNow, double MessagesThen, DateTimeOffset? CutAt);

/// <summary>Counts what a file does to waiting deliveries and to the events of the last days, by the simulation of the channels'
/// forms.</summary>
internal sealed class ConfigEffects(SimulationService simulations, IDeliveryDesk desk, IRuleSets ruleSets)
{
    /// <summary>Today included, by UTC.</summary>
    public const int Days = 7;

    /// <summary>Changes that are counted, in the order of the plan: each passes up to <see cref="SimulationService.MostEvents"/> events
    /// through its rules, twice.</summary>
    public const int MostCounted = 50;

    /// <param name="then">Null where the channel is deleted.</param>
    /// <param name="names">With the rules of the sets that the file changes.</param>
    internal async Task<ConfigEffect?> CountAsync<TModel>(
        ChannelKey channel, TModel now, TModel? then, Func<TModel, Func<EventRecord, bool>> hearsBy, ConfigNames names, Actor actor,
        CancellationToken cancellationToken)
        where TModel : class, IChannelModel<TModel>
    {
        var ended = now.IsOn && then is not { IsOn: true } ? await desk.CountOpenAsync(channel, cancellationToken) : 0;
        if (then is null)
        {
            return new ConfigEffect(ended, null);
        }

        // Once for all channels of a plan.
        var stored = names.StoredRuleSets ??= await ruleSets.ListAsync(actor, cancellationToken);
        var wanted = names.ChangedRuleSets.UnionBy(stored, set => set.Id).ToList();
        var counted = await simulations.CompareAsync(
            ChannelSimulation.Of(channel, now, then, hearsBy, stored, wanted), Days, TimeZoneInfo.Utc, actor, cancellationToken);
        // Null: somebody has deleted it meanwhile.
        return counted is null ? null : new ConfigEffect(ended, new ConfigRates(
            Rate(counted, day => day.MatchedNow), Rate(counted, day => day.MatchedThen), Rate(counted, day => day.MessagesNow),
            Rate(counted, day => day.MessagesThen), counted.CutAt));
    }

    private static double Rate(SimulatedComparison counted, Func<SimulatedDay, int> of) =>
        Math.Round(counted.Days.Sum(of) / (double)Days, 1);
}
