using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

/// <summary>What is refused, with the fault, the path and the place.</summary>
public sealed class ConfigListParseTests
{
    private const string Online = AlertType.OnlinePrefix;

    [Theory]
    [InlineData("{}", ConfigListFault.WrongType, "", 1, 1)]
    [InlineData("null", ConfigListFault.WrongType, "", 1, 1)]
    [InlineData("\"all\"", ConfigListFault.WrongType, "", 1, 1)]
    [InlineData("[1]", ConfigListFault.WrongType, "[0]", 1, 2)]
    [InlineData("[[]]", ConfigListFault.WrongType, "[0]", 1, 2)]
    [InlineData("""[{"type":1}]""", ConfigListFault.WrongType, "[0].type", 1, 10)]
    [InlineData("""[{"type":"T","configItemList":{}}]""", ConfigListFault.WrongType, "[0].configItemList", 1, 31)]
    [InlineData("""[{"type":"T","configItemList":null}]""", ConfigListFault.WrongType, "[0].configItemList", 1, 31)]
    [InlineData("""[{"type":"T","configItemList":["x"]}]""", ConfigListFault.WrongType, "[0].configItemList[0]", 1, 32)]
    [InlineData("""[{"type":"T","configItemList":[{"key":true,"valueList":["all"]}]}]""", ConfigListFault.WrongType,
        "[0].configItemList[0].key", 1, 39)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":"all"}]}]""", ConfigListFault.WrongType,
        "[0].configItemList[0].valueList", 1, 64)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["high",2]}]}]""", ConfigListFault.WrongType,
        "[0].configItemList[0].valueList[1]", 1, 72)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":[["high"]]}]}]""", ConfigListFault.WrongType,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("[{}]", ConfigListFault.MissingMember, "[0]", 1, 2)]
    [InlineData("""[{"type":"T","configItemList":[{"valueList":["all"]}]}]""", ConfigListFault.MissingMember, "[0].configItemList[0]", 1,
        32)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level"}]}]""", ConfigListFault.MissingMember, "[0].configItemList[0]", 1,
        32)]
    [InlineData("""[{"type":"T","configitemlist":[]}]""", ConfigListFault.UnknownMember, "[0].configitemlist", 1, 14)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["all"],"x":{"y":[1]}}]}]""",
        ConfigListFault.UnknownMember, "[0].configItemList[0].x", 1, 72)]
    [InlineData("""[{"type":"T","type":"T"}]""", ConfigListFault.DuplicateMember, "[0].type", 1, 14)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["all"],"valueList":["low"]}]}]""",
        ConfigListFault.DuplicateMember, "[0].configItemList[0].valueList", 1, 72)]
    [InlineData("""[{"type":"sas-event-hcx"}]""", ConfigListFault.UnknownType, "[0].type", 1, 10)]
    [InlineData("""[{"type":""}]""", ConfigListFault.UnknownType, "[0].type", 1, 10)]
    [InlineData("""[{"type":"hc"}]""", ConfigListFault.UnknownType, "[0].type", 1, 10)]
    [InlineData("""[{"type":"T"},{"type":"T"}]""", ConfigListFault.RepeatedType, "[1].type", 1, 23)]
    [InlineData("""[{"type":"T"},{"type":"pre-sas-event-hc"}]""", ConfigListFault.RepeatedType, "[1].type", 1, 23)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"necessity","valueList":["all"]}]}]""", ConfigListFault.UnknownKey,
        "[0].configItemList[0].key", 1, 39)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["all"]},{"key":"item_level","valueList":["low"]}]}]""",
        ConfigListFault.RepeatedKey, "[0].configItemList[1].key", 1, 80)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["high","serious"]}]}]""", ConfigListFault.UnknownValue,
        "[0].configItemList[0].valueList[1]", 1, 72)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["High"]}]}]""", ConfigListFault.UnknownValue,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["高危"]}]}]""", ConfigListFault.UnknownValue,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["high","high"]}]}]""", ConfigListFault.RepeatedValue,
        "[0].configItemList[0].valueList[1]", 1, 72)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["all","all"]}]}]""", ConfigListFault.RepeatedValue,
        "[0].configItemList[0].valueList[1]", 1, 71)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":[]}]}]""", ConfigListFault.EmptyValueList,
        "[0].configItemList[0].valueList", 1, 64)]
    [InlineData("""[{"type":"T","configItemList":[{"key":"item_level","valueList":["high","all"]}]}]""", ConfigListFault.AllBesideOthers,
        "[0].configItemList[0].valueList[1]", 1, 72)]
    [InlineData("""[{"type":"S","configItemList":[{"key":"event_type","valueList":["all","Malicious script"]}]}]""",
        ConfigListFault.AllBesideOthers, "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("""[{"type":"S","configItemList":[{"key":"event_type","valueList":[" "]}]}]""", ConfigListFault.EmptyValue,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("""[{"type":"S","configItemList":[{"key":"event_type","valueList":["a\u0000b"]}]}]""", ConfigListFault.ControlCharacter,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    [InlineData("""[{"type":"S","configItemList":[{"key":"event_type","valueList":["\ud800"]}]}]""", ConfigListFault.NotValidJson,
        "[0].configItemList[0].valueList[0]", 1, 65)]
    public void Parse_OneMistake_NamesItAndItsPlace(string template, ConfigListFault fault, string path, int line, int column)
    {
        // Short stand-ins keep the columns readable.
        var json = template.Replace("\"T\"", "\"sas-event-hc\"", StringComparison.Ordinal)
            .Replace("\"S\"", "\"sas-event-suspicious\"", StringComparison.Ordinal);
        var shift = Shift(template, column);

        var result = ConfigList.Parse(json);

        result.IsValid.ShouldBeFalse();
        var error = result.Errors.ShouldHaveSingleItem();
        (error.Fault, error.Path, error.Line, error.Column).ShouldBe((fault, path, line, column + shift));
        error.Offset.ShouldBe(error.Column - 1);
    }

    [Theory]
    [InlineData("", ConfigListFault.EndsTooEarly, "", 1, 1)]
    [InlineData("  \n ", ConfigListFault.EndsTooEarly, "", 2, 2)]
    [InlineData("[", ConfigListFault.EndsTooEarly, "", 1, 2)]
    [InlineData("[{\"type\":\"x", ConfigListFault.EndsTooEarly, "[0].type", 1, 12)]
    [InlineData("[]]", ConfigListFault.NotValidJson, "", 1, 3)]
    [InlineData("[] x", ConfigListFault.NotValidJson, "", 1, 4)]
    [InlineData("[,]", ConfigListFault.NotValidJson, "", 1, 2)]
    [InlineData("\uFEFF[]", ConfigListFault.NotValidJson, "", 1, 1)]
    [InlineData("[\n// all of it\n]", ConfigListFault.NotValidJson, "", 2, 1)]
    [InlineData("[\n {'type':\n 1}]", ConfigListFault.NotValidJson, "[0]", 2, 3)]
    [InlineData("['漏洞', 漏]", ConfigListFault.NotValidJson, "", 1, 2)]
    public void Parse_NotJson_NamesTheCharacterAndItsPlace(string json, ConfigListFault fault, string path, int line, int column)
    {
        var error = ConfigList.Parse(json).Errors.ShouldHaveSingleItem();

        (error.Fault, error.Path, error.Line, error.Column).ShouldBe((fault, path, line, column));
    }

    [Fact]
    public void Parse_TrailingComma_PointsAfterTheLastValueRead()
    {
        var json = $$"""
            [
              {
                "type": "{{Online}}hc",
                "configItemList": [
                  { "key": "item_level", "valueList": ["high",] }
                ]
              }
            ]
            """;

        var error = ConfigList.Parse(json).Errors.ShouldHaveSingleItem();

        error.Fault.ShouldBe(ConfigListFault.NotValidJson);
        (error.Line, error.Path).ShouldBe((5, "[0].configItemList[0].valueList[0]"));
    }

    [Fact]
    public void Parse_ChineseBeforeTheMistake_CountsCharactersNotBytes()
    {
        var json = $$"""[{"type":"{{Online}}suspicious","configItemList":[{"key":"event_type","valueList":["网站后门","😀","网站后门"]}]}]""";

        var error = ConfigList.Parse(json).Errors.ShouldHaveSingleItem();

        error.Fault.ShouldBe(ConfigListFault.RepeatedValue);
        json.Substring(error.Offset, error.Length).ShouldBe("\"网站后门\"");
        error.Offset.ShouldBe(json.LastIndexOf("\"网站后门\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_SeveralMistakes_ReportsAllInTextOrder()
    {
        var json = $$"""
            [
              { "type": "{{Online}}hc", "configItemList": [{ "key": "item_level", "valueList": ["all", "low", "none"] }] },
              { "configItemList": [{ "key": "type", "valueList": [7] }], "type": "{{Online}}nothing" },
              { "configItemList": [{ "key": "level", "valueList": [] }], "type": "{{Online}}vul", "enabled": true }
            ]
            """;

        var errors = ConfigList.Parse(json).Errors;

        errors.Select(error => (error.Fault, error.Path, error.Line)).ShouldBe(
        [
            (ConfigListFault.AllBesideOthers, "[0].configItemList[0].valueList[0]", 2),
            (ConfigListFault.UnknownValue, "[0].configItemList[0].valueList[2]", 2),
            (ConfigListFault.WrongType, "[1].configItemList[0].valueList[0]", 3),
            (ConfigListFault.UnknownType, "[1].type", 3),
            (ConfigListFault.UnknownKey, "[2].configItemList[0].key", 4),
            (ConfigListFault.EmptyValueList, "[2].configItemList[0].valueList", 4),
            (ConfigListFault.UnknownMember, "[2].enabled", 4),
        ]);
    }

    [Fact]
    public void Parse_TextOverTheLimit_IsTooLong()
    {
        ConfigList.Parse(new string(' ', ConfigList.MaxLength - 2) + "[]").IsValid.ShouldBeTrue();
        ConfigList.Parse(new string(' ', ConfigList.MaxLength - 1)
            + "[]").Errors.ShouldHaveSingleItem().Fault.ShouldBe(ConfigListFault.TooLong);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Parse_DeepNesting_IsRefusedWithoutRecursion(char open)
    {
        var json = string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{\"a\":", 9_000));

        ConfigList.Parse(json).Errors.ShouldContain(error => error.Fault == ConfigListFault.TooDeep
            || error.Fault == ConfigListFault.NotValidJson);
    }

    [Fact]
    public void Parse_ThousandsOfMistakes_ReportsTheFirstHundred()
    {
        var json = $"[{string.Join(',', Enumerable.Repeat("1", 30_000))}]";

        ConfigList.Parse(json).Errors.Length.ShouldBe(100);
    }

    [Fact]
    public void Parse_TooManyOrTooLongValues_AreRefused()
    {
        var many = Suspicious(Enumerable.Range(0, 201).Select(number => $"\"category {number}\""));
        var @long = Suspicious([$"\"{new string('x', 129)}\""]);

        ConfigList.Parse(many).Errors.ShouldHaveSingleItem().Fault.ShouldBe(ConfigListFault.TooManyValues);
        ConfigList.Parse(@long).Errors.ShouldHaveSingleItem().Fault.ShouldBe(ConfigListFault.ValueTooLong);
    }

    [Fact]
    public void Parse_HalfASurrogatePair_IsNotJson()
    {
        var error = ConfigList.Parse("[\"\ud83d\"]").Errors.ShouldHaveSingleItem();

        (error.Fault, error.Offset).ShouldBe((ConfigListFault.NotValidJson, 2));
    }

    [Fact]
    public void Parse_RandomDamage_NeverThrows()
    {
        var random = new Random(20240220);
        var good = $$"""[{"type":"{{Online}}suspicious","configItemList":[{"key":"event_type","valueList":["网站后门","a\"\u00e9"]}]}]""";
        const string Junk = "[]{},:\"\\ \n0-1.eEtrufalsn\u0000漏\ud83d";
        for (var round = 0; round < 20_000; round++)
        {
            var text = good.ToCharArray();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                text[random.Next(text.Length)] = Junk[random.Next(Junk.Length)];
            }

            var result = ConfigList.Parse(new string(text, 0, random.Next(10) == 0 ? random.Next(text.Length) : text.Length));

            (result.IsValid ^ result.Errors.Length > 0).ShouldBeTrue();
            foreach (var error in result.Errors)
            {
                (error.Line >= 1 && error.Column >= 1 && error.Offset + error.Length <= text.Length
                    && error.Describe(RuleLanguage.Zh).Length > 0).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Describe_EachFault_HasASentenceInBothLanguages()
    {
        foreach (var fault in Enum.GetValues<ConfigListFault>())
        {
            var error = new ConfigListError(fault, "[0]", 1, 1, 0, 0, ["string", "number", "c", "d"]);

            error.Describe(RuleLanguage.En).ShouldEndWith(".");
            error.Describe(RuleLanguage.Zh).ShouldEndWith("。");
        }
    }

    [Fact]
    public void Describe_UnknownValue_NamesTheValuesThatAreAllowed()
    {
        var json = $$"""[{"type":"{{Online}}suspicious","configItemList":[{"key":"item_level","valueList":["high"]}]}]""";

        var error = ConfigList.Parse(json).Errors.ShouldHaveSingleItem();

        error.Describe(RuleLanguage.En)
            .ShouldBe("“high” is not a value of “item_level” for “suspicious”; the values are all, serious, suspicious, remind.");
        error.Describe(RuleLanguage.Zh).ShouldBe("“high”不是“suspicious”的“item_level”取值，可用的取值为 all, serious, suspicious, remind。");
    }

    private static string Suspicious(IEnumerable<string> values) =>
        $$"""[{"type":"{{Online}}suspicious","configItemList":[{"key":"event_type","valueList":[{{string.Join(',', values)}}]}]}]""";

    private static int Shift(string template, int column)
    {
        var before = template[..(column - 1)];
        return ((before.Split("\"T\"").Length - 1) * ("sas-event-hc".Length - 1))
            + ((before.Split("\"S\"").Length - 1) * ("sas-event-suspicious".Length - 1));
    }
}
