using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>Says whether rules hear an event, and why. Pure; the one definition of matching, which <see cref="RuleIndex"/> must
/// equal.</summary>
public static class RuleEvaluator
{
    /// <summary>Whether the rule is for the event's alert type and every key it mentions accepts the event's value.</summary>
    public static bool Matches(AlertRule rule, in AlertFacts facts)
    {
        if (rule.AlertType is not { } alertType || alertType != facts.AlertType)
        {
            return false;
        }

        foreach (var item in rule.Items)
        {
            if (!Accepts(alertType, item, facts[item.Key]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a chatbot hears an event: it is on, the event is of one of its groups (or it names none), and a rule
    /// matches.</summary>
    public static bool Hears(ConfigList list, IReadOnlyCollection<string> groupIds, bool isOn, in AlertFacts facts)
    {
        if (!isOn || !AcceptsGroup(groupIds, facts.GroupId))
        {
            return false;
        }

        foreach (var rule in list.Rules)
        {
            if (Matches(rule, facts))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The verdict of <see cref="Matches"/> with every condition behind it.</summary>
    public static RuleExplanation Explain(AlertRule rule, in AlertFacts facts)
    {
        var isOfType = rule.AlertType is not null && rule.AlertType == facts.AlertType;
        var conditions = ImmutableArray.CreateBuilder<RuleCondition>(rule.Items.Length);
        foreach (var item in rule.Items)
        {
            var value = facts[item.Key];
            var passed = rule.AlertType is { } alertType && Accepts(alertType, item, value);
            conditions.Add(new(rule.AlertType?.FindKey(item.Key), item, value, passed));
        }

        return new(rule, isOfType, conditions.MoveToImmutable());
    }

    /// <summary>The verdict of <see cref="Hears"/> with every condition behind it: switch, group, and each rule in the list's
    /// order.</summary>
    public static ChatbotExplanation Explain(ConfigList list, IReadOnlyCollection<string> groupIds, bool isOn, in AlertFacts facts)
    {
        var rules = ImmutableArray.CreateBuilder<RuleExplanation>(list.Rules.Length);
        foreach (var rule in list.Rules)
        {
            rules.Add(Explain(rule, facts));
        }

        var group = new GroupCondition([.. groupIds], facts.GroupId, AcceptsGroup(groupIds, facts.GroupId));
        return new(isOn, facts.AlertType, group, rules.MoveToImmutable());
    }

    /// <summary>How many conditions keep a chatbot from hearing an event: 0 exactly when <see cref="Hears"/>; null where it has no rule for
    /// events of that type.</summary>
    public static int? CountFailed(ConfigList list, IReadOnlyCollection<string> groupIds, bool isOn, in AlertFacts facts)
    {
        int? least = null;
        foreach (var rule in list.Rules)
        {
            if (rule.AlertType is not { } alertType || alertType != facts.AlertType)
            {
                continue;
            }

            var failed = 0;
            foreach (var item in rule.Items)
            {
                failed += Accepts(alertType, item, facts[item.Key]) ? 0 : 1;
            }

            least = Math.Min(least ?? int.MaxValue, failed);
        }

        return least + (isOn ? 0 : 1) + (AcceptsGroup(groupIds, facts.GroupId) ? 0 : 1);
    }

    // A key the alert type does not have is refused when a rule is saved; should one get here, it must not widen the rule.
    private static bool Accepts(AlertType alertType, ConfigItem item, string? value)
    {
        if (alertType.FindKey(item.Key) is not { } key)
        {
            return false;
        }

        var canonical = value is null ? null : key.Canonical(value);
        foreach (var accepted in item.Values)
        {
            if (accepted == Vocabulary.All || (canonical is not null && key.Canonical(accepted) == canonical))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a chatbot's asset groups accept an event's; no groups accept every event.</summary>
    public static bool AcceptsGroup(IReadOnlyCollection<string> groupIds, string? groupId) =>
        groupIds.Count == 0 || (groupId is not null && groupIds.Contains(groupId, StringComparer.Ordinal));
}
