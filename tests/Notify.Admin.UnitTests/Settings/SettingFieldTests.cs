using Bunit;
using Notify.Admin.Settings;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Settings;

public sealed class SettingFieldTests : ComponentTest
{
    private static readonly Setting Number = SettingCatalogue.Find("Api:RequestsPerSecondPerKey")!;

    [Fact]
    public void Render_SetByConfiguration_IsReadOnlyAndSaysSo()
    {
        var field = Render<SettingField>(parameters =>
            parameters.Add(p => p.Setting, new SettingValue(Number, ["7"], SettingOrigin.Configuration)));

        field.Find("input").HasAttribute("disabled").ShouldBeTrue();
        field.Markup.ShouldContain("Set by configuration.");
        field.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void UseDefault_OnAStoredValue_GivesTheDefault()
    {
        var typed = "";
        var field = Render<SettingField>(parameters => parameters
            .Add(p => p.Setting, new SettingValue(Number, ["7"], SettingOrigin.Stored))
            .Add(p => p.OnTyped, value => typed = value));

        field.Act(() => field.Find("button"), e => e.Click());

        typed.ShouldBe("20000");
    }

    [Fact]
    public void UseDefault_OnASwitch_GivesTheDefault()
    {
        var typed = "";
        var field = Render<SettingField>(parameters => parameters
            .Add(p => p.Setting, new SettingValue(SettingCatalogue.Find("Api:Enabled")!, ["false"], SettingOrigin.Stored))
            .Add(p => p.OnTyped, value => typed = value));

        field.Act(() => field.Find("button"), e => e.Click());

        typed.ShouldBe("true");
    }

    [Fact]
    public void Render_Refused_ShowsTheRuleOnTheField()
    {
        var field = Render<SettingField>(parameters => parameters
            .Add(p => p.Setting, new SettingValue(Number, ["7"], SettingOrigin.Stored))
            .Add(p => p.Typed, "0")
            .Add(p => p.Refusal, SettingRefusal.Invalid));

        field.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        field.Find(".field-error").TextContent.ShouldBe("Give a whole number from 1 to 100000.");
    }
}
