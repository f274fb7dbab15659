using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules.Own;

public sealed class OwnRuleJsonTests
{
    private const string Whole = """
        [{"name":"High on the web","conditions":[
          {"on":"kind","oneOf":["scan.completed","sas-event-vul"]},{"on":"state","oneOf":["opened"]},{"on":"severity","from":"high"},
          {"on":"severity","oneOf":["critical","notStated"]},{"on":"source","oneOf":["grafana"]},{"on":"group","oneOf":["7"]},
          {"on":"asset","oneOf":["web-01"]},{"on":"asset","like":"web-*"},{"on":"label","name":"team","oneOf":["ops"]},
          {"on":"label","name":"team","present":true},{"on":"text","contains":"磁盘"},{"on":"new","days":7}]}]
        """;

    [Fact]
    public void Read_EveryCondition_IsWrittenAsItWas()
    {
        var reading = OwnRuleJson.Read(Whole);

        reading.Problems.ShouldBeEmpty();
        OwnRuleJson.Write(reading.Rules).ShouldBe(string.Concat(Whole.Split('\n').Select(line => line.Trim())));
    }

    [Fact]
    public void ReadAndWrite_RandomRules_RoundTrip()
    {
        var random = new Random(5);
        for (var number = 0; number < 500; number++)
        {
            var json = OwnRuleJson.Write(RandomOwnRules.List(random));

            OwnRuleJson.Write(OwnRuleJson.Read(json).List!).ShouldBe(json);
        }
    }

    [Theory]
    [InlineData("""{"conditions":[{"on":"kind","oneof":["x"]}]}""", "[0].conditions[0].oneof", "Own rule 1, condition 1: “oneof” is not known here; there are: on, oneOf")]
    [InlineData("""{"condition":[]}""", "[0].condition", "Own rule 1: “condition” is not known here; there are: name, conditions")]
    [InlineData("""{"conditions":[]}""", "[0].conditions", "Own rule 1: it has no condition")]
    [InlineData("""{"conditions":[{"on":"kind","oneOf":[]}]}""", "[0].conditions[0].oneOf", "Own rule 1, condition 1: no value is given")]
    [InlineData("""{"conditions":[{"on":"hour","oneOf":["1"]}]}""", "[0].conditions[0].on", "Own rule 1, condition 1: “on” must be one of: kind, state, severity, source, group, asset, label, text, new")]
    [InlineData("""{"conditions":[{"on":"severity","from":"hgih"}]}""", "[0].conditions[0].from", "Own rule 1, condition 1: “hgih” is none of: informative, low, medium, high, critical")]
    [InlineData("""{"conditions":[{"on":"asset","like":"a","oneOf":["b"]}]}""", "[0].conditions[0]", "Own rule 1, condition 1: only one of these may be given: oneOf, like")]
    [InlineData("""{"conditions":[{"on":"label","oneOf":["b"]}]}""", "[0].conditions[0].name", "Own rule 1, condition 1: “name” must be a text")]
    [InlineData("""{"conditions":[{"on":"kind","oneOf":["sas-event-vul","x-sas-event-vul"]}]}""", "[0].conditions[0].oneOf[1]", "Own rule 1, condition 1: “x-sas-event-vul” is given twice")]
    [InlineData("""{"conditions":[{"on":"text","contains":"a"}],"name":" "}""", "[0].name", "Own rule 1: “name” is empty")]
    [InlineData("""{"conditions":[{"on":"text","contains":1}]}""", "[0].conditions[0].contains", "Own rule 1, condition 1: “contains” must be a text")]
    [InlineData("""{"conditions":{}}""", "[0].conditions", "Own rule 1: “conditions” must be an array")]
    [InlineData("""{"conditions":[{"on":"new"}]}""", "[0].conditions[0]", "Own rule 1, condition 1: one of these is missing: days")]
    [InlineData("""{"conditions":[{"on":"new","days":0}]}""", "[0].conditions[0].days", "Own rule 1, condition 1: “days” must be 1 to 90")]
    [InlineData("""{"conditions":[{"on":"new","days":91}]}""", "[0].conditions[0].days", "Own rule 1, condition 1: “days” must be 1 to 90")]
    [InlineData("""{"conditions":[{"on":"new","days":"7"}]}""", "[0].conditions[0].days", "Own rule 1, condition 1: “days” must be a whole number")]
    [InlineData("7", "[0]", "Own rule 1: this must be an object")]
    public void Read_AMistake_NamesRuleConditionAndPlace(string rule, string path, string says)
    {
        var reading = OwnRuleJson.Read($"[{rule}]");

        reading.IsValid.ShouldBeFalse();
        reading.Rules.Rules.ShouldBeEmpty();
        var problem = reading.Problems.First(problem => problem.Path == path);
        problem.Say(RuleLanguage.En).ShouldBe(says);
        problem.Say(RuleLanguage.Zh).ShouldNotBe(says);
    }

    [Fact]
    public void Read_BeyondTheLimits_NamesThem()
    {
        const string Condition = """{"on":"kind","oneOf":["a"]}""";
        const string Rule = $$"""{"conditions":[{{Condition}}]}""";

        Says(string.Join(',', Enumerable.Repeat(Rule, 51))).ShouldContain("There are more than 50 rules");
        Says($$"""{"conditions":[{{string.Join(',', Enumerable.Repeat(Condition, 21))}}]}""")
            .ShouldContain("Own rule 1: it has more than 20 conditions");
        Says($$"""{"name":"{{new string('n', 65)}}","conditions":[{{Condition}}]}""")
            .ShouldContain("Own rule 1: “name” is longer than 64 characters");
        Says($$"""{"conditions":[{"on":"kind","oneOf":[{{string.Join(',', Enumerable.Range(0, 101).Select(n => $"\"{n}\""))}}]}]}""")
            .ShouldContain("Own rule 1, condition 1: it has more than 100 values");
        Says(new string(' ', OwnRuleList.LongestJson)).ShouldContain("The rules are longer than 65536 characters");

        static IEnumerable<string> Says(string rules) => OwnRuleJson.Read($"[{rules}]").Problems.Select(p => p.Say(RuleLanguage.En));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[{\"name\":\"\\ud800\",\"conditions\":[]}]")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[")]
    public void Read_NoRulesAtAll_SaysSo(string json)
    {
        var reading = OwnRuleJson.Read(json);

        reading.IsValid.ShouldBeFalse();
        reading.Rules.ShouldBe(OwnRuleList.Empty);
    }

    [Fact]
    public void Sentence_SaysEveryConditionInBothLanguages()
    {
        var rule = OwnRuleJson.Read("""
            [{"conditions":[{"on":"severity","from":"high"},{"on":"group","oneOf":["7","8"]},{"on":"asset","like":"web-*"}]}]
            """).Rules.Rules[0];

        OwnRuleText.Sentence(rule, RuleLanguage.En).ShouldBe("Events from High on, of group “7” or “8”, on an asset like “web-*”");
        OwnRuleText.Sentence(rule, RuleLanguage.Zh).ShouldBe("严重程度不低于高、属于分组“7”或“8”、资产匹配“web-*”的事件");
    }

    [Theory]
    [InlineData(null, true, "No earlier event is the same; the rule asks for seen for the first time in 7 days", "没有更早的相同事件；规则要求7 天内首次出现")]
    [InlineData("7.00:00:00", false, "The same was seen 7 d before; the rule asks for seen for the first time in 7 days", "7 天前出现过相同事件；规则要求7 天内首次出现")]
    [InlineData("7.00:00:01", true, "The same was seen 7 d before; the rule asks for seen for the first time in 7 days", "7 天前出现过相同事件；规则要求7 天内首次出现")]
    [InlineData("05:59:00", false, "The same was seen 5 h before; the rule asks for seen for the first time in 7 days", "5 小时前出现过相同事件；规则要求7 天内首次出现")]
    [InlineData("00:00:00", false, "The same was seen 0 min before; the rule asks for seen for the first time in 7 days", "0 分钟前出现过相同事件；规则要求7 天内首次出现")]
    public void New_IsUpToItsDays_AndSaysWhenTheSameWasSeen(string? ago, bool holds, string english, string chinese)
    {
        var list = OwnRuleJson.Read("""[{"conditions":[{"on":"new","days":7}]}]""").Rules;
        var facts = new OwnFacts("x", "s", 0)
        {
            SeenAgo = ago is null ? null : TimeSpan.Parse(ago, System.Globalization.CultureInfo.InvariantCulture),
        };

        list.FirstMatch(facts).ShouldBe(holds ? 0 : -1);
        OwnRuleText.Explain(list, facts, RuleLanguage.En).ShouldHaveSingleItem().ShouldBe(new("Own rule 1: " + english, holds));
        OwnRuleText.Explain(list, facts, RuleLanguage.Zh).ShouldHaveSingleItem().Text.ShouldBe("自定义规则 1: " + chinese);
        OwnRuleText.Sentence(list.Rules[0], RuleLanguage.En).ShouldBe("Events seen for the first time in 7 days");
        OwnRuleText.Sentence(list.Rules[0], RuleLanguage.Zh).ShouldBe("7 天内首次出现的事件");
    }
}
