using System.Runtime.CompilerServices;
using Bunit;

namespace Notify.Admin.UnitTests;

internal static class PatientRendering
{
    /// <summary>Components are waited for as long as a busy machine needs: bUnit's own second is a judgement of time.</summary>
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
