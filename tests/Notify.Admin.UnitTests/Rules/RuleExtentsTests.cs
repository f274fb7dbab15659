using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public class RuleExtentsTests
{
    private static readonly AlertType Suspicious = Vocabulary.Find("suspicious")!;
    private static readonly AlertType Vulnerabilities = Vocabulary.Find("vul")!;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_RandomRules_SaysWhatTheEvaluatorSaysOfEveryEventOfTheClass(int seed)
    {
        var random = new Random(seed);
        var chatbots = Enumerable.Range(0, 60)
            .Select(id => new RuleSubscription(id, RandomRules.List(random), RandomRules.GroupIds(random), random.Next(8) > 0)).ToList();
        var extents = RuleExtents.Build(chatbots);

        foreach (var alerts in Classes().Where(alerts => alerts.CanOccur))
        {
            foreach (var groupId in (string?[])[null, "7", "99"])
            {
                var found = extents.Find(alerts, groupId).ToDictionary(found => found.ChatbotId, found => found.Extent);
                var events = EventsOf(alerts, groupId).ToList();
                foreach (var chatbot in chatbots)
                {
                    var heard = events.Count(facts => RuleEvaluator.Hears(chatbot.Rules, chatbot.GroupIds, chatbot.IsOn, facts));
                    found.GetValueOrDefault(chatbot.ChatbotId).ShouldBe(
                        heard == 0 ? Extent.Nothing : heard == events.Count ? Extent.Whole : Extent.Part,
                        $"{alerts} of group {groupId}: {chatbot.Rules.Json}, groups {string.Join(' ', chatbot.GroupIds)}");
                }
            }
        }
    }

    [Fact]
    public void Find_WhatCannotOccur_NobodyHears()
    {
        var leaks = Vocabulary.Find("ak-leakage")!;
        var extents = RuleExtents.Build([new(1, ConfigList.Create(AlertRule.ForAll(leaks)).List!, [], IsOn: true)]);

        extents.Find(new AlertClass(leaks, EventSeverity.High), null).ShouldBe([(1, Extent.Whole)]);
        extents.Find(new AlertClass(leaks, EventSeverity.Low), null).ShouldBeEmpty();
    }

    [Fact]
    public void ToRule_HearsItsClass_AndNoOther()
    {
        foreach (var alerts in Classes().Where(alerts => alerts.CanOccur && alerts.SubType != AlertClass.Other))
        {
            var extents = RuleExtents.Build([new(1, ConfigList.Create(alerts.ToRule()).List!, [], IsOn: true)]);

            extents.Find(alerts, null).ShouldBe([(1, Extent.Whole)]);
            if (AlertClass.LevelKeyOf(alerts.AlertType)!?.Values.Any(value => value.Severity == alerts.Severity) == true)
            {
                Classes().Where(other => other.AlertType != alerts.AlertType || other.Severity != alerts.Severity)
                    .SelectMany(other => extents.Find(other, null)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void AddTo_WidensTheRuleOfItsType_AndLeavesTheOthers()
    {
        var list = ConfigList.Parse("""
            [{"type":"sas-event-hc"},{"type":"sas-event-vul","configItemList":[
                {"key":"type","valueList":["cms"]},{"key":"necessity","valueList":["asap"]}]}]
            """).List!;

        var wider = new AlertClass(Vulnerabilities, EventSeverity.Medium, "sys").AddTo(list);

        wider.Rules[0].Json.ShouldBe(list.Rules[0].Json);
        wider.Rules[1].Find("type")!.Values.ShouldBe(["cms", "sys"]);
        wider.Rules[1].Find("necessity")!.Values.ShouldBe(["asap", "later"]);
        new AlertClass(Vulnerabilities, EventSeverity.High, "cms").AddTo(list).Json.ShouldBe(list.Json);
        new AlertClass(Suspicious, EventSeverity.Critical).AddTo(list).Rules.Length.ShouldBe(3);
    }

    private static IEnumerable<AlertClass> Classes() =>
        from type in Vocabulary.AlertTypes
        from severity in Enumerable.Range(EventSeverity.NotStated, EventSeverity.Critical + 1)
        from subType in (string?[])[null, .. AlertClass.SubKeyOf(type) is { } key
            ? key.ConcreteValues.Select(value => value.Literal).Append(AlertClass.Other) : []]
        select new AlertClass(type, severity, subType);

    // Every event that rules could tell apart.
    private static IEnumerable<AlertFacts> EventsOf(AlertClass alerts, string? groupId)
    {
        var levels = AlertClass.LevelKeyOf(alerts.AlertType)?.Values.Where(value => value.Severity == alerts.Severity)
            .Select(value => value.Literal).Cast<string?>().DefaultIfEmpty(null) ?? [null];
        string?[] others = ["Malicious script", "webshell", "Webshell ", "可信异常", "全　角", "a \"b\" \\ c", "😀 <&>", "None names it", null];
        string?[] subTypes = AlertClass.SubKeyOf(alerts.AlertType) is not { } key ? [null]
            : alerts.SubType switch
            {
                null => [.. key.ConcreteValues.Select(value => value.Literal), .. others],
                AlertClass.Other => others,
                var one => [one],
            };
        return
            from level in levels
            from subType in subTypes
            from id in groupId is null ? (string?[])[null, "1", "7", "10417151", "2147483647"] : [groupId]
            select new AlertFacts(alerts.AlertType)
            {
                ItemLevel = level,
                Necessity = level,
                EventType = subType,
                Type = subType,
                GroupId = id,
            };
    }
}
