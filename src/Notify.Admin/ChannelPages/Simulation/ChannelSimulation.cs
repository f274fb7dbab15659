using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Rules;

namespace Notify.Admin.ChannelPages;

/// <summary>Makes of two states of a channel what is compared over past events.</summary>
internal static class ChannelSimulation
{
    /// <param name="hearsBy">By the vendor's dialect; own rules are asked here.</param>
    public static SimulatedChange Of<TModel>(ChannelKey channel, TModel now, TModel then, Func<TModel, Func<EventRecord, bool>> hearsBy)
        where TModel : class, IChannelModel<TModel> => new(
            channel, WithOwnRules(now, hearsBy(now)), WithOwnRules(then, hearsBy(then)), then.IsOn,
            IntervalMinutes.Read(then.Interval) is { } minutes ? TimeSpan.FromMinutes(minutes) : null, then.Delivery);

    private static Func<EventRecord, bool> WithOwnRules<TModel>(TModel values, Func<EventRecord, bool> hears)
        where TModel : class, IChannelModel<TModel> =>
        OwnRuleJson.Read(values.OwnRules).List is { Rules.IsEmpty: false } own
            ? record => hears(record) || own.FirstMatch(OwnRuleEvent.FactsOf(record)) >= 0 : hears;
}
