#if CURATED_FEED
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Notify.Admin.UnitTests;

/// <summary>bUnit is compiled against AngleSharp.Diffing as a package reference; in the curated build the assembly is only copied beside the tests.</summary>
internal static class BunitAssemblies
{
#pragma warning disable CA2255 // the hook must be in place before bUnit is touched
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ResolveCopied() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
#endif
