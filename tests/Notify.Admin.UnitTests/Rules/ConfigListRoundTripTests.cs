using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

/// <summary>What was written is read back: minified, but of the same content and order.</summary>
public sealed class ConfigListRoundTripTests
{
    private const string WorkedExample =
        """[{"type":"sas_analysis_online-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["serious","suspicious"]},{"key":"event_type","valueList":["Malicious process (cloud threat detection)"]}]}]""";

    [Theory]
    [InlineData("[]")]
    [InlineData(WorkedExample)]
    [InlineData("""[{"type":"sas_analysis_pre-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["all"]},{"key":"event_type","valueList":["all"]}]}]""")]
    [InlineData("""[{"type":"sas-event-rasp"},{"type":"sas-event-hc","configItemList":[]}]""")]
    [InlineData("""[{"configItemList":[{"valueList":["nntf","asap"],"key":"necessity"}],"type":"sas-event-vul"}]""")]
    [InlineData("""[{"type":"sas-event-suspicious","configItemList":[{"key":"event_type","valueList":["网站后门","Webshell","\u7f51","a \"quoted\" \\ <b>&'","全　角","😀"]}]}]""")]
    public void Parse_MinifiedText_IsReadBackAsItWas(string json)
    {
        var list = ConfigList.Parse(json).List!;

        list.Json.ShouldBe(json);
        ConfigList.Parse(list.ToReadableJson()).List.ShouldBe(list);
    }

    [Fact]
    public void Parse_TextWithWhiteSpace_IsReadBackMinified()
    {
        var readable = """
            [ {
              "type" : "sas-event-suspicious",
              "configItemList" : [ { "key" : "event_type" , "valueList" : [ "Unusual  logon { [ , : \" ] }" , "b\\" ] } ]
            } ]
            """;

        ConfigList.Parse(readable.Replace("\n", "\r\n\t", StringComparison.Ordinal)).List!.Json.ShouldBe(
            """[{"type":"sas-event-suspicious","configItemList":[{"key":"event_type","valueList":["Unusual  logon { [ , : \" ] }","b\\"]}]}]""");
    }

    [Fact]
    public void ToReadableJson_PutsEachItemOnItsLine()
    {
        ConfigList.Parse(WorkedExample).List!.ToReadableJson().ShouldBe("""
            [
              {
                "type": "sas_analysis_online-sas-operation-log-sas-event-suspicious",
                "configItemList": [
                  { "key": "item_level", "valueList": ["serious", "suspicious"] },
                  { "key": "event_type", "valueList": ["Malicious process (cloud threat detection)"] }
                ]
              }
            ]
            """);
    }

    [Fact]
    public void Create_WorkedExample_WritesTheVendorsText()
    {
        var suspicious = Vocabulary.Find("suspicious")!;

        var list = ConfigList.Create(AlertRule.ForAll(suspicious)
            .With(Vocabulary.ItemLevel, "serious", "suspicious")
            .With(Vocabulary.EventType, "Malicious process (cloud threat detection)")).List!;

        list.Json.ShouldBe(WorkedExample);
        list.ShouldBe(ConfigList.Parse(WorkedExample).List);
    }

    [Theory]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-")]
    [InlineData("sas_analysis_pre-sas-operation-log-sas-event-")]
    public void Parse_EveryDocumentedWord_IsReadBackAsItWas(string prefix)
    {
        var rules = Vocabulary.AlertTypes.Select(type => new AlertRule(
            prefix + type.Suffix,
            type.Keys.Select(key => new ConfigItem(key.Name, key.ConcreteValues.Any() ? key.ConcreteValues.Select(value => value.Literal)
            : [Vocabulary.All]))));

        var list = ConfigList.Create(rules).List!;

        list.Rules.Length.ShouldBe(6);
        list.Rules.ShouldAllBe(rule => rule.Type.StartsWith(prefix, StringComparison.Ordinal));
        ConfigList.Parse(list.Json).List!.Json.ShouldBe(list.Json);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(list.Json)).ShouldBe(list.Json);
    }

    [Fact]
    public void Parse_ThousandGeneratedLists_AreReadBackAsTheyWere()
    {
        var random = new Random(2018_12_03);
        for (var round = 0; round < 1_000; round++)
        {
            var list = RandomRules.List(random);

            var again = ConfigList.Parse(list.ToReadableJson()).List!;

            again.Json.ShouldBe(list.Json);
            again.Rules.Select(rule => rule.Type).ShouldBe(list.Rules.Select(rule => rule.Type));
            again.Rules.SelectMany(rule => rule.Items).SelectMany(item => item.Values)
                .ShouldBe(list.Rules.SelectMany(rule => rule.Items).SelectMany(item => item.Values));
        }
    }

    [Fact]
    public void With_OneKeyOfAReadRule_LeavesTheOtherRulesAsWritten()
    {
        var list = ConfigList.Parse("""[{"configItemList":[],"type":"pre-sas-event-vul"},{"type":"pre-sas-event-hc","configItemList":[{"valueList":["low"],"key":"item_level"}]}]""").List!;

        var changed = ConfigList.Create(list.Rules[0], list.Rules[1].With(Vocabulary.ItemLevel, "high")).List!;

        changed.Json.ShouldBe("""[{"configItemList":[],"type":"pre-sas-event-vul"},{"type":"pre-sas-event-hc","configItemList":[{"key":"item_level","valueList":["high"]}]}]""");
    }

    [Fact]
    public void With_KeyNotMentionedYet_GoesToItsPlace()
    {
        var rule = new AlertRule("sas-event-vul", new ConfigItem(Vocabulary.Necessity, "asap"));

        rule.With(Vocabulary.Type, "cms").Items.Select(item => item.Key).ShouldBe([Vocabulary.Type, Vocabulary.Necessity]);
        rule.Without(Vocabulary.Necessity).With(Vocabulary.Necessity, "all").Items.ShouldHaveSingleItem().AcceptsAll.ShouldBeTrue();
    }
}
