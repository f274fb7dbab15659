using Bunit;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class HealthStripTests : ComponentTest
{
    [Fact]
    public void Hours_AreTheReadersAndSayWhatBecameOfTheDeliveries()
    {
        JSInterop.Setup<string?>("notify.timeZone").SetResult("Asia/Shanghai");
        var hours = HourOfSending.Quiet(Now).ToList();
        hours[^1] = hours[^1] with { Sent = 12, Failed = 1 };
        hours[^2] = hours[^2] with { Sent = 3, Open = 2 };

        var strip = Render<HealthStrip>(parameters => parameters.Add(s => s.Hours, hours));

        strip.WaitForAssertion(() => strip.FindAll(".health-bar")[^1].GetAttribute("title")
            .ShouldBe("22:00 to 23:00: 12 sent, 1 failed, 0 in progress"));
        strip.FindAll(".health-bar")[^1].ClassList.ShouldContain("tone-danger");
        strip.FindAll(".health-bar")[^2].ClassList.ShouldContain("tone-warning");
        strip.FindAll(".health-bar").Count.ShouldBe(2);
        strip.Find(".health-quiet").GetAttribute("style").ShouldBe($"--hours: {HourOfSending.Hours - 2}");
        strip.Find(".health").GetAttribute("aria-label").ShouldBe("Last 24 hours: 15 sent, 1 failed, 2 in progress");
    }

    [Fact]
    public void ManyStrips_AskTheBrowserOnce()
    {
        var asked = JSInterop.Setup<string?>("notify.timeZone").SetResult("UTC");

        for (var i = 0; i < 3; i++)
        {
            Render<HealthStrip>(parameters => parameters.Add(s => s.Hours, HourOfSending.Quiet(Now)));
        }

        asked.Invocations.Count.ShouldBe(1);
    }
}
