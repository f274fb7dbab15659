using System.Collections.Immutable;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.RuleBuilder;

public sealed class RuleDraftTests
{
    private const string Written =
        """[{"configItemList":[{"valueList":["\u672a\u77e5","Webshell"],"key":"event_type"}],"type":"sas_analysis_pre-sas-operation-log-sas-event-suspicious"},{"type":"sas_analysis_online-sas-operation-log-sas-event-hc"}]""";

    private static readonly AlertType Suspicious = Vocabulary.Find("suspicious")!;
    private static readonly AlertType Baseline = Vocabulary.Find("hc")!;
    private static readonly AlertType Vulnerabilities = Vocabulary.Find("vul")!;
    private static readonly AlertTypeKey Level = Suspicious.FindKey(Vocabulary.ItemLevel)!;
    private static readonly AlertTypeKey Category = Suspicious.FindKey(Vocabulary.EventType)!;

    [Fact]
    public void Untouched_WhatWasWritten_StaysAsItIs()
    {
        var draft = new RuleDraft(Parse(Written));

        draft.List!.Json.ShouldBe(Written);
        draft.CanUndo.ShouldBeFalse();
        ConfigList.Parse(draft.Json).List!.Json.ShouldBe(Written);
    }

    [Fact]
    public void Choose_InOneRule_LeavesTheOtherAsWritten()
    {
        var draft = new RuleDraft(Parse(Written));

        draft.Choose(Baseline, Baseline.FindKey(Vocabulary.ItemLevel)!, "high", true);

        draft.Rules[0].Json.ShouldBe(Parse(Written).Rules[0].Json);
        draft.List!.Json.ShouldEndWith("""[{"key":"item_level","valueList":["high"]}]}]""");
    }

    [Fact]
    public void Choose_AndTakeBack_IsWhatWasWrittenAgain()
    {
        var draft = new RuleDraft(Parse(Written));

        draft.Choose(Suspicious, Category, "Exception", true);
        draft.List!.Json.ShouldNotBe(Written);
        draft.Choose(Suspicious, Category, "Exception", false);

        draft.List!.Json.ShouldBe(Written);
    }

    [Fact]
    public void Choose_Value_ExcludesAll_AndTheOtherWayRound()
    {
        var draft = new RuleDraft(ConfigList.Empty);
        draft.Add(Suspicious);

        draft.Choose(Suspicious, Level, "remind", true);
        draft.Choose(Suspicious, Level, "serious", true);
        ValuesOf(draft, Level).ShouldBe(["serious", "remind"]);

        draft.Choose(Suspicious, Level, Vocabulary.All, true);
        ValuesOf(draft, Level).ShouldBe([Vocabulary.All]);
    }

    [Fact]
    public void Choose_LastValueTakenBack_IsNotValidUntilAnotherIsChosen()
    {
        var draft = new RuleDraft(ConfigList.Empty);
        draft.Add(Suspicious);
        draft.Choose(Suspicious, Level, "serious", true);
        var before = draft.List;

        draft.Choose(Suspicious, Level, "serious", false);

        draft.IsValid.ShouldBeFalse();
        draft.List.ShouldBeNull();
        draft.IsJsonBroken.ShouldBeFalse();
        draft.LastGood.ShouldBe(before);
        draft.Errors.ShouldHaveSingleItem().Path.ShouldBe("[0].configItemList[0].valueList");
        draft.Choose(Suspicious, Level, "remind", true);
        draft.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Choose_AliasAndUnknown_AreKeptAndTakenBackAsWritten()
    {
        var draft = new RuleDraft(Parse("""[{"type":"x-sas-event-suspicious","configItemList":[{"key":"event_type","valueList":["网站后门","Unheard of"]}]}]"""));

        draft.Choose(Suspicious, Category, "Exception", true);
        ValuesOf(draft, Category).ShouldBe(["网站后门", "Exception", "Unheard of"]);

        draft.Choose(Suspicious, Category, "Webshell", true);
        ValuesOf(draft, Category).ShouldBe(["网站后门", "Exception", "Unheard of"]);

        draft.Choose(Suspicious, Category, "Webshell", false);
        draft.Choose(Suspicious, Category, "Unheard of", false);
        ValuesOf(draft, Category).ShouldBe(["Exception"]);
    }

    [Fact]
    public void Add_PutsCardsInTheVendorsOrder_WithEveryKeyUnrestricted()
    {
        var draft = new RuleDraft(ConfigList.Empty);

        draft.Add(Suspicious);
        draft.Add(Vulnerabilities);
        draft.Add(Baseline);

        draft.Rules.Select(rule => rule.AlertType!.Suffix).ShouldBe(["vul", "hc", "suspicious"]);
        draft.List!.Rules.ShouldAllBe(rule => rule.Items.Length == rule.AlertType!.Keys.Length && rule.Items.All(item => item.AcceptsAll));
        draft.UnusedTypes.Select(type => type.Suffix).ShouldBe(["ak-leakage", "honeypot", "rasp"]);
    }

    [Fact]
    public void UndoAndRedo_GoThroughEveryStep()
    {
        var draft = new RuleDraft(ConfigList.Empty);
        draft.Add(Suspicious);
        draft.Choose(Suspicious, Level, "serious", true);
        var last = draft.Json;
        draft.Remove(Suspicious);

        draft.Undo();
        draft.Json.ShouldBe(last);
        draft.Undo();
        draft.Undo();
        draft.Undo();
        draft.Rules.ShouldBeEmpty();
        draft.CanUndo.ShouldBeFalse();

        draft.Redo();
        draft.Redo();
        draft.Json.ShouldBe(last);
        draft.Choose(Suspicious, Level, "remind", true);
        draft.CanRedo.ShouldBeFalse();
    }

    [Fact]
    public void TypeJson_RightText_ChangesTheCards_InOneStep()
    {
        var draft = new RuleDraft(ConfigList.Empty);

        draft.TypeJson("[");
        draft.TypeJson("[{");
        draft.TypeJson(Written);

        draft.Rules.Select(rule => rule.AlertType).ShouldBe([Suspicious, Baseline]);
        draft.Json.ShouldBe(Written);
        draft.EndTyping();
        draft.Json.ShouldContain("\n");
        draft.List!.Json.ShouldBe(Written);
        draft.Undo();
        draft.Rules.ShouldBeEmpty();
    }

    [Fact]
    public void TypeJson_Mistake_KeepsTheCardsAndNamesThePlace()
    {
        var draft = new RuleDraft(Parse(Written));

        draft.TypeJson(draft.Json.Replace("Webshell", "all", StringComparison.Ordinal));

        draft.IsJsonBroken.ShouldBeTrue();
        draft.LastGood.Json.ShouldBe(Written);
        var error = draft.Errors.ShouldHaveSingleItem();
        error.Fault.ShouldBe(ConfigListFault.AllBesideOthers);
        error.Path.ShouldBe("[0].configItemList[0].valueList[1]");
        draft.Json.Substring(error.Offset, error.Length).ShouldBe("\"all\"");
        draft.DropJson();
        draft.IsValid.ShouldBeTrue();
        draft.List!.Json.ShouldBe(Written);
        draft.Undo();
        draft.IsJsonBroken.ShouldBeTrue();
    }

    [Fact]
    public void Choose_WhileTheJsonIsBroken_ReplacesIt()
    {
        var draft = new RuleDraft(Parse(Written));
        draft.TypeJson("oops");

        draft.Add(Vulnerabilities);

        draft.IsValid.ShouldBeTrue();
        draft.Rules.Length.ShouldBe(3);
    }

    [Fact]
    public void LeftOverText_WithAMistake_IsThereAgain()
    {
        var draft = new RuleDraft(Parse(Written), "[{");

        draft.IsJsonBroken.ShouldBeTrue();
        draft.Json.ShouldBe("[{");
        draft.LastGood.Json.ShouldBe(Written);
    }

    private static ConfigList Parse(string json) => ConfigList.Parse(json).List.ShouldNotBeNull();

    private static ImmutableArray<string> ValuesOf(RuleDraft draft, AlertTypeKey key) =>
        draft.Rules.Single(rule => rule.AlertType == Suspicious).Find(key.Name)!.Values;
}
