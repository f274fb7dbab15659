using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.Security;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.DeliveryPolicies;

public sealed class DeliveryPolicySectionTests : ComponentTest
{
    private static readonly Actor Admin = new("1", "admin@example.test", Roles.Admin, "test");
    private static readonly ChannelKey Own = new(ChannelKind.Slack, 1);
    private static readonly ChannelKey Other = new(ChannelKind.DingTalk, 1);

    private readonly QuietDesk _desk = new();
    private readonly object _model = new();
    private PolicyEdit? _edit;

    public DeliveryPolicySectionTests()
    {
        _desk.Channels.Add(new ChannelName(Own, "Own", true));
        _desk.Channels.Add(new ChannelName(Other, "Ops", true));
        Services.AddSingleton<IDeliveryDesk>(_desk);
        JSInterop.Setup<string?>("notify.timeZone").SetResult("Europe/Berlin");
    }

    [Fact]
    public void Render_AllOff_SaysSo_AndIsFoldedAmongTheOtherPartsOfANewChannel()
    {
        Render(DeliveryPolicy.Off, isNew: true).Find("details").HasAttribute("open").ShouldBeFalse();

        var section = Render(DeliveryPolicy.Off);

        section.Find("details").HasAttribute("open").ShouldBeTrue();
        section.Find("[role=status]").TextContent.ShouldContain("at any time");
        section.FindAll("input:not([role=switch])").ShouldBeEmpty();
    }

    [Fact]
    public void Render_SomethingOn_IsOpenAndSaysWhatWillHappen()
    {
        var section = Render(new DeliveryPolicy
        {
            QuietHours = new QuietHours { IsOn = true, TimeZone = "Europe/Berlin" },
            Fallback = new Fallback { IsOn = true, To = Other, AfterMinutes = 5 },
            Drills = new DrillSchedule { IsOn = true, TimeZone = "UTC" },
        });

        section.Find("details").HasAttribute("open").ShouldBeTrue();
        section.FindAll("[role=status] li").Select(li => li.TextContent).ShouldBe(
        [
            "Holds messages Mon–Fri 22:00–07:00 Europe/Berlin and sends one summary afterwards; Critical goes through, and what does not state its severity.",
            "Tells “Ops” when this channel has been failing for 5 min, and when it is well again.",
            "Sends a scheduled test every Monday at 10:00 (UTC).",
        ]);
        section.FindAll("option").Select(option => option.TextContent)
            .ShouldNotContain(text => text.StartsWith("Own", StringComparison.Ordinal));
    }

    [Fact]
    public void SwitchOn_QuietHours_TakesTheReadersTimeZone()
    {
        var section = Render(DeliveryPolicy.Off);

        section.Act(() => section.FindAll("input[role=switch]")[0], e => e.Change(true));

        _edit!.Field.ShouldBe(nameof(DeliveryPolicy.QuietHours));
        (_edit.Policy.QuietHours.IsOn, _edit.Policy.QuietHours.TimeZone).ShouldBe((true, "Europe/Berlin"));
    }

    [Fact]
    public void Change_ADayAndTheFallback_IsRaisedWithItsPart()
    {
        var section = Render(new DeliveryPolicy { QuietHours = new QuietHours { IsOn = true, TimeZone = "UTC" },
            Fallback = new Fallback { IsOn = true } });

        section.Act(() => section.FindAll("input[type=checkbox]:not([role=switch])")[5], e => e.Change(true));
        _edit!.Policy.QuietHours.Days.ShouldBe(WeekDays.Workdays | WeekDays.Saturday);

        section.Act(() => section.FindAll("select").Single(select => select.TextContent.Contains("Ops", StringComparison.Ordinal)),
            e => e.Change("DingTalk/1"));
        (_edit.Field, _edit.Policy.Fallback.To).ShouldBe((nameof(DeliveryPolicy.Fallback), Other));
    }

    [Fact]
    public void Change_ATime_AsTheBrowserSendsIt_IsRead()
    {
        var section = Render(new DeliveryPolicy { QuietHours = new QuietHours { IsOn = true, TimeZone = "UTC" },
            Drills = new DrillSchedule { IsOn = true, TimeZone = "UTC" } });

        section.Act(() => section.FindAll("input[type=time]")[0], e => e.Change("21:30:00"));
        _edit!.Policy.QuietHours.From.ShouldBe(new TimeOnly(21, 30));
        section.Act(() => section.FindAll("input[type=time]")[1], e => e.Change(""));
        _edit.Policy.QuietHours.To.ShouldBeNull();
        section.Act(() => section.FindAll("input[type=time]")[2], e => e.Change("09:15:00"));
        (_edit.Field, _edit.Policy.Drills.At).ShouldBe((nameof(DeliveryPolicy.Drills), new TimeOnly(9, 15)));
    }

    [Fact]
    public void Render_Refused_SaysItAtItsPart()
    {
        var context = new EditContext(this);
        new ValidationMessageStore(context)
            .Add(new FieldIdentifier(_model, nameof(DeliveryPolicy.Fallback)), "Choose the channel to tell.");

        var section = Render(new DeliveryPolicy { Fallback = new Fallback { IsOn = true } }, context);

        section.Find(".policy-part.field-invalid").TextContent.ShouldContain("Choose the channel to tell.");
    }

    [Theory]
    [InlineData("en", "every day for 24 hours from 08:00 UTC")]
    [InlineData("zh-CN", "每天 自 08:00 起 24 小时（UTC）")]
    public void Window_OfWholeDays_InWords(string culture, string words)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var texts = Services.GetRequiredService<IStringLocalizer<DeliveryPolicyText>>();

        PolicySentences.Window(new QuietHours { Days = WeekDays.All, From = new(8, 0), To = new(8, 0), TimeZone = "UTC" }, texts)
            .ShouldBe(words);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void Texts_OfEveryRefusal_AreThere(string culture)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var texts = Services.GetRequiredService<IStringLocalizer<DeliveryPolicyText>>();

        foreach (var key in new[]
        {
            "QuietHours.Days.Missing", "QuietHours.NeverEnd", "Time.Missing", "TimeZone.Unknown", "Deduplication.Minutes.Wrong",
                "Fallback.To.Missing", "Fallback.To.Self",
            "Fallback.Minutes.Wrong", "Drills.Days.Wrong",
        })
        {
            texts[key].ResourceNotFound.ShouldBeFalse(key);
        }
    }

    private IRenderedComponent<DeliveryPolicySection> Render(
        DeliveryPolicy policy, EditContext? context = null, bool isNew = false) =>
        Render<DeliveryPolicySection>(parameters =>
    {
        parameters.Add(s => s.Actor, Admin).Add(s => s.Policy, policy).Add(s => s.Model, _model).Add(s => s.Own, isNew ? null : Own)
            .Add(s => s.OnChanged, EventCallback.Factory.Create<PolicyEdit>(this, edit => _edit = edit));
        if (context is not null)
        {
            parameters.AddCascadingValue(context);
        }
    });
}
