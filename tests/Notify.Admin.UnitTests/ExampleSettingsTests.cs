using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Mail;
using Notify.Admin.Metrics;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.Settings;
using Notify.Admin.Slack;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests;

/// <summary><c>appsettings.example.json</c> names every setting with a value that the product accepts.</summary>
public class ExampleSettingsTests
{
    private static readonly string[] Keys =
    [
        "Urls", "DataDirectory", "Database:Provider", "ConnectionStrings:Notify", "Slack:ApiUrl", "DingTalk:AllowedWebhooks:0",
        "Console:Address", "Delivery:SlackPerSecond", "Delivery:DingTalkPerMinute",
        "DataProtection:CertificatePath", "DataProtection:CertificatePassword",
        "Events:AllowedOrigins:0", "VendorAccounts:SecurityCenterEndpoints:0",
        "VendorAccounts:KayranAddresses:0",
        "Outgoing:Proxy", "Outgoing:NoProxy", "Proxy:Trusted:0", "Proxy:PathBase", "Proxy:AllowedOrigins:0",
        "Otlp:Endpoint", "Otlp:Protocol", "Otlp:Headers", "Otlp:Interval",
        "Smtp:Host", "Smtp:Port", "Smtp:Security", "Smtp:UserName", "Smtp:Password", "Smtp:From", "Smtp:Timeout",
        "Setup:AdminEmail", "Setup:AdminPassword", "Setup:ApiKey", "Setup:AccessKeyId", "Setup:AccessKeySecret",
    ];

    private static readonly IConfigurationRoot Example =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "appsettings.example.json"), optional: false).Build();

    [Fact]
    public void Example_EveryKnownKey_IsThere()
    {
        var keys = Example.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).ToList();

        Keys.Except(keys).ShouldBeEmpty();
        SettingCatalogue.All.Where(setting => setting.IsEditable).Select(setting => setting.Key).Except(keys).ShouldBeEmpty();
    }

    [Fact]
    public void Example_Bound_IsAccepted()
    {
        var strict = new Action<BinderOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
        var setup = Example.GetSection(SetupOptions.Section).Get<SetupOptions>(strict)!;
        setup.Validate();
        setup.IsGiven.ShouldBeTrue();
        DatabaseOptions.Read(Example).Provider.ShouldBe(DatabaseProvider.Sqlite);
        new ApiOptionsValidator().Validate(null, Example.GetSection(ApiOptions.Section).Get<ApiOptions>(strict)!).Failed.ShouldBeFalse();
        new SlackOptionsValidator().Validate(null, Example.GetSection(SlackOptions.Section)
            .Get<SlackOptions>(strict)!).Failed.ShouldBeFalse();
        new DingTalkOptionsValidator()
            .Validate(null, Example.GetSection(DingTalkOptions.Section).Get<DingTalkOptions>(strict)!).Failed.ShouldBeFalse();
        new VendorAccountOptionsValidator().Validate(null, Example.GetSection(VendorAccountOptions.Section)
            .Get<VendorAccountOptions>(strict)!).Failed.ShouldBeFalse();
        new OutgoingOptionsValidator()
            .Validate(null, Example.GetSection(OutgoingOptions.Section).Get<OutgoingOptions>(strict)!).Failed.ShouldBeFalse();
        new FunctionAccessOptionsValidator()
            .Validate(null, Example.GetSection(FunctionAccessOptions.Section).Get<FunctionAccessOptions>(strict)!).Failed.ShouldBeFalse();
        new OtlpOptionsValidator().Validate(null, Example.GetSection(OtlpOptions.Section).Get<OtlpOptions>(strict)!).Failed.ShouldBeFalse();
        new EventsOptionsValidator().Validate(null, Example.GetSection(EventsOptions.Section)
            .Get<EventsOptions>(strict)!).Failed.ShouldBeFalse();
        ProxyOptions.Read(Example).Trusted.ShouldNotBeEmpty();
        ProxyOptions.Read(Example).AllowedOrigins.ShouldNotBeEmpty();
        new ConsoleOptionsValidator().Validate(null, Example.GetSection(ConsoleOptions.Section)
            .Get<ConsoleOptions>(strict)!).Failed.ShouldBeFalse();
        Example.GetSection("Delivery").Get<PacingOptions>(strict).ShouldNotBeNull();
        Example.GetSection(SingleSignOnOptions.Section).Get<SingleSignOnOptions>(strict)!.Validate();
        Example.GetSection(SmtpOptions.Section).Get<SmtpOptions>(strict)!.Validate();
        Example.GetSection(AccountsOptions.Section).Get<AccountsOptions>(strict).ShouldNotBeNull();
        Example.GetSection("Retention").Get<RetentionOptions>(strict).ShouldNotBeNull();
    }

    [Fact]
    public void Readme_ConfigurationTable_NamesEveryKey()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));

        var keys = Example.AsEnumerable().Where(pair => pair.Value is not null)
            .Select(pair => pair.Key.EndsWith(":0", StringComparison.Ordinal) ? pair.Key[..^2] : pair.Key);

        keys.Where(key => !readme.Contains($"`{key}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Shipped_EditableSettings_AreLeftOpen()
    {
        var shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(Root(), "src/Notify.Admin/appsettings.json"), optional: false)
            .Build();

        SettingCatalogue.All.Where(setting => setting.IsEditable && shipped[setting.Key] is not null).ShouldBeEmpty();
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}
