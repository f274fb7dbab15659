using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>An event as own rules read it.</summary>
public static class OwnRuleEvent
{
    public static OwnFacts FactsOf(EventRecord record) => new(record.Type, record.Source, (int)record.Severity)
    {
        State = OwnWords.States[(int)record.Fields.State],
        Group = record.Fields.GroupId ?? record.Fields.Group,
        Asset = record.Fields.Asset ?? record.Fields.Target,
        Labels = record.Fields.Labels,
        Title = record.Fields.Title,
        Text = record.Fields.Description,
        SeenAgo = record.SeenAgo,
    };
}
