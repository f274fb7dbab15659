using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Rules;

namespace Notify.Admin.ChannelPages;

/// <summary>Makes of two states of a channel what is compared over past events.</summary>
internal static class ChannelSimulation
{
    /// <param name="now">Null for a channel that is not stored yet.</param>
    /// <param name="hearsBy">By the vendor's dialect; own rules and those of rule sets are asked here.</param>
    /// <param name="setsNow">The rule sets that there are to choose from.</param>
    public static SimulatedChange Of<TModel>(
        ChannelKey channel, TModel? now, TModel then, Func<TModel, Func<EventRecord, bool>> hearsBy,
        IReadOnlyList<SharedRules> setsNow, IReadOnlyList<SharedRules> setsThen)
        where TModel : class, IChannelModel<TModel>
    {
        var (listsNow, listsThen) = (now is null ? [] : ListsOf(now, setsNow), ListsOf(then, setsThen));
        return new(
            channel, now is null ? _ => false : WithOwnRules(listsNow, hearsBy(now)), WithOwnRules(listsThen, hearsBy(then)), then.IsOn,
            IntervalMinutes.Read(then.Interval) is { } minutes ? TimeSpan.FromMinutes(minutes) : null, then.Delivery,
            listsNow.Concat(listsThen).Max(list => list.NewDays));
    }

    private static OwnRuleList[] ListsOf<TModel>(TModel values, IReadOnlyList<SharedRules> sets)
        where TModel : class, IChannelModel<TModel> =>
    [
        OwnRuleJson.Read(values.OwnRules).List ?? OwnRuleList.Empty,
        .. sets.Where(set => values.RuleSets.Contains(set.Id)).Select(set => set.Rules),
    ];

    private static Func<EventRecord, bool> WithOwnRules(OwnRuleList[] lists, Func<EventRecord, bool> hears)
    {
        return Array.TrueForAll(lists, list => list.Rules.IsEmpty) ? hears : record =>
        {
            if (hears(record))
            {
                return true;
            }

            var facts = OwnRuleEvent.FactsOf(record);
            return Array.Exists(lists, list => list.FirstMatch(facts) >= 0);
        };
    }
}
