using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class EventSeverityTests
{
    [Theory]
    [InlineData("suspicious", "serious", EventSeverity.Critical)]
    [InlineData("suspicious", "suspicious", EventSeverity.Medium)]
    [InlineData("suspicious", "remind", EventSeverity.Low)]
    [InlineData("suspicious", null, EventSeverity.Informative)]
    [InlineData("hc", "high", EventSeverity.High)]
    [InlineData("honeypot", "medium", EventSeverity.Medium)]
    [InlineData("rasp", "low", EventSeverity.Low)]
    [InlineData("rasp", "serious", EventSeverity.Informative)]
    [InlineData("ak-leakage", null, EventSeverity.High)]
    [InlineData("ak-leakage", "low", EventSeverity.High)]
    [InlineData("vul", "high", EventSeverity.Informative)]
    public void Of_AlertByItemLevel_HasItsRank(string suffix, string? level, int rank)
    {
        EventSeverity.Of(AlertType.OnlinePrefix + suffix, new(AlertType.OnlinePrefix + suffix) { ItemLevel = level }, avgThreat: "High")
            .ShouldBe(rank);
    }

    [Theory]
    [InlineData("asap", EventSeverity.High)]
    [InlineData("later", EventSeverity.Medium)]
    [InlineData("nntf", EventSeverity.Low)]
    [InlineData(null, EventSeverity.Informative)]
    public void Of_Vulnerability_GoesByNecessity(string? necessity, int rank)
    {
        EventSeverity.Of(new AlertFacts("sas-event-vul") { Necessity = necessity, Type = "emg" }).ShouldBe(rank);
    }

    [Theory]
    [InlineData("scan.completed", "High", EventSeverity.High)]
    [InlineData("scan.aborted", "Medium", EventSeverity.Medium)]
    [InlineData("scan.completed", "Low", EventSeverity.Low)]
    [InlineData("scan.completed", "Informative", EventSeverity.Informative)]
    [InlineData("scan.completed", null, EventSeverity.Informative)]
    [InlineData("scan.started", "High", EventSeverity.Informative)]
    [InlineData("com.example.other", "High", EventSeverity.Informative)]
    public void Of_OtherEvents_OnlyFinishedScansHaveAThreat(string type, string? avgThreat, int rank)
    {
        EventSeverity.Of(type, new AlertFacts(type), avgThreat).ShouldBe(rank);
    }
}
