using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class EventSeverityTests
{
    [Theory]
    [InlineData("suspicious", "serious", EventSeverity.Critical)]
    [InlineData("suspicious", "suspicious", EventSeverity.Medium)]
    [InlineData("suspicious", "remind", EventSeverity.Low)]
    [InlineData("suspicious", null, EventSeverity.NotStated)]
    [InlineData("hc", "high", EventSeverity.High)]
    [InlineData("honeypot", "medium", EventSeverity.Medium)]
    [InlineData("rasp", "low", EventSeverity.Low)]
    [InlineData("rasp", "serious", EventSeverity.NotStated)]
    [InlineData("ak-leakage", null, EventSeverity.High)]
    [InlineData("ak-leakage", "low", EventSeverity.High)]
    [InlineData("vul", "high", EventSeverity.NotStated)]
    public void Of_AlertByItemLevel_HasItsRank(string suffix, string? level, int rank)
    {
        EventSeverity.Of(AlertType.OnlinePrefix + suffix, new(AlertType.OnlinePrefix + suffix) { ItemLevel = level }, avgThreat: "High")
            .ShouldBe(rank);
    }

    [Theory]
    [InlineData("asap", EventSeverity.High)]
    [InlineData("later", EventSeverity.Medium)]
    [InlineData("nntf", EventSeverity.Low)]
    [InlineData(null, EventSeverity.NotStated)]
    public void Of_Vulnerability_GoesByNecessity(string? necessity, int rank)
    {
        EventSeverity.Of(new AlertFacts("sas-event-vul") { Necessity = necessity, Type = "emg" }).ShouldBe(rank);
    }

    [Theory]
    [InlineData("scan.completed", "High", EventSeverity.High)]
    [InlineData("scan.aborted", "Medium", EventSeverity.Medium)]
    [InlineData("scan.completed", "Low", EventSeverity.Low)]
    [InlineData("scan.completed", "Informative", EventSeverity.Informative)]
    [InlineData("scan.completed", null, EventSeverity.NotStated)]
    [InlineData("scan.started", "High", EventSeverity.NotStated)]
    [InlineData("com.example.other", "High", EventSeverity.NotStated)]
    public void Of_OtherEvents_OnlyFinishedScansHaveAThreat(string type, string? avgThreat, int rank)
    {
        EventSeverity.Of(type, new AlertFacts(type), avgThreat).ShouldBe(rank);
    }

    [Theory]
    [InlineData("Emergency", EventSeverity.Critical)]
    [InlineData("CRITICAL", EventSeverity.Critical)]
    [InlineData("Error", EventSeverity.High)]
    [InlineData("warning", EventSeverity.Medium)]
    [InlineData("Notice", EventSeverity.Low)]
    [InlineData("Informational", EventSeverity.Informative)]
    [InlineData("Debug", EventSeverity.Informative)]
    [InlineData("P1", EventSeverity.Critical)]
    [InlineData("7", EventSeverity.NotStated)]
    [InlineData(null, EventSeverity.NotStated)]
    public void Of_WordOfAnotherProgram_HasItsRank(string? word, int rank) =>
        EventSeverity.Of("com.example.other", new AlertFacts("com.example.other"), null, word).ShouldBe(rank);

    [Fact]
    public void Of_AlertWithALevelOfItsOwn_IsNotOverruledByAWord() =>
        EventSeverity.Of("sas-event-hc", new AlertFacts("sas-event-hc") { ItemLevel = "low" }, null, "critical")
            .ShouldBe(EventSeverity.Low);

    [Theory]
    [InlineData("critical crit emergency emerg alert fatal serious p1", EventSeverity.Critical)]
    [InlineData("high error err major important p2", EventSeverity.High)]
    [InlineData("medium moderate warning warn p3", EventSeverity.Medium)]
    [InlineData("low minor notice p4", EventSeverity.Low)]
    [InlineData("informative informational info debug trace p5", EventSeverity.Informative)]
    [InlineData("none unknown ok p0 p6 5 mediumhigh", EventSeverity.NotStated)]
    public void OfWord_OfOtherPrograms_HasItsRank_WhateverItsCase(string words, int rank)
    {
        foreach (var word in words.Split(' '))
        {
            EventSeverity.OfWord(word).ShouldBe(rank, word);
            EventSeverity.OfWord($" {word.ToUpperInvariant()} ").ShouldBe(rank, word);
        }

        EventSeverity.OfWord("").ShouldBe(EventSeverity.NotStated);
        EventSeverity.OfWord(null).ShouldBe(EventSeverity.NotStated);
    }
}
