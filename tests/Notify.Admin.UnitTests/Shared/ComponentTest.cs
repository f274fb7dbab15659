using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

/// <summary>A place to render shared components: both languages, a clock that stands still, and a browser that answers every
/// call.</summary>
public abstract class ComponentTest : BunitContext
{
    protected static readonly DateTimeOffset Now = new(2026, 8, 21, 14, 5, 9, TimeSpan.Zero);

    protected ComponentTest()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(new StandingClock());
        Services.AddScoped<UserTimeZone>();
        Services.AddScoped<PageFeed>();
        Services.AddSingleton<LiveTurns>();
        Services.AddSingleton<SharedLooks>();
        Services.AddMudServices();
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
