/** A new service's files, by runtime. */
const templates: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  "nodejs/6": nodeFiles,
  "nodejs/8": nodeFiles,
  "python/2.7": () => pythonFiles("print event['data']"),
  "python/3.6": () => pythonFiles("print(event['data'])"),
  "go/1.10": goFiles,
  "java/1.8": javaFiles,
  "php/7.2": phpFiles,
  "ruby/2.4": rubyFiles,
  "dotnetcore/2.0": dotnetFiles,
};

/** What a new service of a language and version begins with; undefined where there is no such runtime. */
export function templateOf(language: string, version: string): Readonly<Record<string, string>> | undefined {
  const key = `${language}/${version}`;
  return Object.hasOwn(templates, key) ? templates[key]?.() : undefined;
}

function nodeFiles(): Record<string, string> {
  const description = { name: "function", version: "1.0.0", main: "handler.js", dependencies: {} };
  return {
    "handler.js": lines(
      "module.exports = {",
      "  fn(event, context) {",
      "    console.log(event.data);",
      "    return `Hello from ${context['function-name']}`;",
      "  },",
      "};",
    ),
    "package.json": lines(JSON.stringify(description, undefined, 2)),
  };
}

function pythonFiles(print: string): Record<string, string> {
  return {
    "handler.py": lines(
      "def fn(event, context):",
      `    ${print}`,
      "    return 'Hello from ' + context['function-name']",
    ),
    "requirements.txt": "",
  };
}

function goFiles(): Record<string, string> {
  return {
    "Gopkg.toml": lines("[[constraint]]", '  name = "github.com/kubeless/kubeless"', '  branch = "master"'),
    "handler.go": lines(
      "package kubeless",
      "",
      'import "github.com/kubeless/kubeless/pkg/functions"',
      "",
      "func Fn(event functions.Event, context functions.Context) (string, error) {",
      "\treturn event.Data, nil",
      "}",
    ),
  };
}

function javaFiles(): Record<string, string> {
  return {
    "handler.java": lines(
      "package io.kubeless;",
      "",
      "public class Handler {",
      "    public String fn(Event event, Context context) {",
      "        return event.Data;",
      "    }",
      "}",
    ),
    "pom.xml": lines(
      '<project xmlns="http://maven.apache.org/POM/4.0.0">',
      "  <modelVersion>4.0.0</modelVersion>",
      "  <groupId>io.kubeless</groupId>",
      "  <artifactId>function</artifactId>",
      "  <version>1.0-SNAPSHOT</version>",
      "</project>",
    ),
  };
}

function phpFiles(): Record<string, string> {
  return {
    "composer.json": lines(JSON.stringify({ require: {} }, undefined, 2)),
    "handler.php": lines("<?php", "function fn($event, $context) {", "  return $event->data;", "}"),
  };
}

function rubyFiles(): Record<string, string> {
  return {
    Gemfile: lines("source 'https://rubygems.org'"),
    "handler.rb": lines("def fn(event, context)", "  event[:data]", "end"),
  };
}

function dotnetFiles(): Record<string, string> {
  return {
    "handler.cs": lines(
      "using Kubeless.Functions;",
      "",
      "public class handler {",
      "    public object fn(Event k8Event, Context k8Context) => k8Event.Data;",
      "}",
    ),
    "project.csproj": lines(
      '<Project Sdk="Microsoft.NET.Sdk">',
      "  <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>",
      "</Project>",
    ),
  };
}

function lines(...each: string[]): string {
  return each.map((line) => `${line}\n`).join("");
}
